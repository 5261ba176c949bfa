import { MAX_VALUES } from "./limits.ts";
import type { PlusSign } from "./decode.ts";
import type { Located, Visit } from "./located.ts";

/** Visits the path as a whole, and each of its segments that is more than plain words. */
export function visitPath(path: string, visit: Visit): void {
  visit(partOf(path, "", "plus", false));
  if (plainPath.test(path)) return;
  const segments = path.split("/");
  const truncated = segments.length > MAX_VALUES;
  for (let index = 1; index < segments.length; index++) {
    if (truncated && index === MAX_VALUES / 2) index = segments.length - MAX_VALUES / 2;
    if (segments[index] !== "") visit(partOf(segments[index]!, `.${index}`, "space", truncated));
  }
}

const plainPath = /^[\w/.@~!:,-]*$/;

function partOf(raw: string, inner: string, plus: PlusSign, truncated: boolean): Located {
  return { place: "path", name: "", inner, raw, plus, isName: false, truncated };
}
