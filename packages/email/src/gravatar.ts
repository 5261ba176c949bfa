// A hash of the address goes to a third party, so this runs only when NO_GRAVATAR is asked for.
import type { Fetch } from "./ports.ts";
import { withDeadline, type Timer } from "./deadline.ts";

const GRAVATAR = "https://gravatar.com/avatar/";
const TIMEOUT_MS = 2_000;

/** Whether gravatar.com has a picture for the address; "unknown" when it did not say. */
export async function hasGravatar(
  address: string,
  fetch: Fetch,
  timer?: Timer,
): Promise<boolean | "unknown"> {
  const answer = await withDeadline<boolean | "unknown">(
    async (signal) => {
      const url = `${GRAVATAR}${await sha256(address.trim().toLowerCase())}?d=404`;
      const { status } = await fetch(url, { method: "HEAD", signal });
      if (status === 404) return false;
      return status === 200 ? true : "unknown";
    },
    { timeoutMs: TIMEOUT_MS, late: "unknown", ...(timer && { timer }) },
  );
  return answer;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
