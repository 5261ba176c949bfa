// `*` stands for any run of bytes. The fixed parts between the stars must follow each other, the first
// at the start and the last at the end of the value; finding each as early as possible is always
// right, so one pass with two pointers (in the value, in the parts) decides.
import { fromBytes, lowerAscii, toBytes } from "./text.ts";

/** The fixed parts of a wildcard pattern, or what is wrong with it. */
export function parseWildcard(pattern: string): readonly string[] | string {
  const parts: string[] = [];
  let part = "";
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === "\\") {
      const escaped = pattern.charAt(++i);
      if (escaped !== "*" && escaped !== "\\")
        return "in a wildcard pattern a backslash stands before `*` or another backslash only";
      part += escaped;
    } else if (char === "*") {
      if (pattern[i + 1] === "*") return "a wildcard pattern cannot hold two stars in a row";
      parts.push(part);
      part = "";
    } else {
      part += char;
    }
  }
  return [...parts, part];
}

/** The test of a value against the parts, given as bytes. */
export function wildcardTest(
  parts: readonly string[],
  strict: boolean,
): (value: string) => boolean {
  const folded = strict ? parts : parts.map(lowerBytes);
  const texts = folded.map(fromBytes);
  const fold = strict ? (value: string) => value : lowerAscii;
  // Parts that are no UTF-8 can only be found among bytes.
  if (texts.every((text) => text !== undefined)) {
    const known: readonly string[] = texts;
    return (value) => follows(known, fold(value));
  }
  return (value) => follows(folded, toBytes(fold(value)));
}

function lowerBytes(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}

function follows(parts: readonly string[], value: string): boolean {
  const last = parts.length - 1;
  const first = parts[0]!;
  if (last === 0) return value === first;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (let i = 1; i < last; i++) {
    const found = value.indexOf(parts[i]!, at);
    if (found < 0) return false;
    at = found + parts[i]!.length;
  }
  const end = parts[last]!;
  return value.length - end.length >= at && value.endsWith(end);
}
