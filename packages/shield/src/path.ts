import { MAX_TEXT_LENGTH, MAX_VALUES } from "./limits.ts";
import type { PlusSign } from "./decode.ts";
import type { Located, Visit } from "./located.ts";

/** Visits the path as a whole, and each of its segments that is more than plain words. */
export function visitPath(path: string, visit: Visit): void {
  visit(partOf(path, "", "plus", false));
  const half = MAX_TEXT_LENGTH / 2;
  const text =
    path.length > MAX_TEXT_LENGTH
      ? `${path.slice(0, half)}/${path.slice(path.length - half)}`
      : path;
  if (plainPath.test(text)) return;
  const segments = text.split("/");
  const truncated = segments.length > MAX_VALUES || text !== path;
  for (let index = 1; index < segments.length; index++) {
    if (segments.length > MAX_VALUES && index === MAX_VALUES / 2)
      index = segments.length - MAX_VALUES / 2;
    if (segments[index] !== "") visit(partOf(segments[index]!, `.${index}`, "space", truncated));
  }
}

const plainPath = /^[\w/.@~!:,-]*$/;

function partOf(raw: string, inner: string, plus: PlusSign, truncated: boolean): Located {
  return { place: "path", name: "", inner, raw, plus, isName: false, truncated };
}
