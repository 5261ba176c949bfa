import { CLOSE_MS } from "./limits.ts";

/** Waits for what ends a log, for five seconds at most. */
export async function within(done: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MS)));
  try {
    await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
