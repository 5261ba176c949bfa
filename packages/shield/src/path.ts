import { MAX_VALUES } from "./limits.ts";
import type { Visit } from "./located.ts";

/** Visits the path as a whole, and each of its segments that is more than plain words. */
export function visitPath(path: string, visit: Visit): void {
  const base = { place: "path", name: "", inner: "", plus: "plus", isName: false } as const;
  visit({ ...base, raw: path, truncated: false });
  if (plainPath.test(path)) return;
  const segments = path.split("/");
  const truncated = segments.length > MAX_VALUES;
  for (let index = 1; index < segments.length; index++) {
    if (truncated && index === MAX_VALUES / 2) index = segments.length - MAX_VALUES / 2;
    if (segments[index] !== "")
      visit({ ...base, plus: "space", inner: `.${index}`, raw: segments[index]!, truncated });
  }
}

const plainPath = /^[\w/.@~!:,-]*$/;
