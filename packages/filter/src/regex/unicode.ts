// Unicode tables are not shipped: the runtime has them. A property becomes ranges by running the
// runtime's own `\p{…}` over all code points once, when an expression with `(?u)` is compiled; the
// runtime's case-insensitive back-reference says which letters fold together.
import { intersect, MAX_CODE_POINT, normalize, type Ranges } from "./ranges.ts";

/** Code points looked at in one go. */
const CHUNK = 0x1000;
const SAME_LETTER = /^(.)\1$/isu;
const CASED = String.raw`\p{Changes_When_Casefolded}\p{Changes_When_Lowercased}\p{Changes_When_Uppercased}`;

export const UNICODE_WORD = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`;
export const UNICODE_SPACE = String.raw`\p{White_Space}`;
export const UNICODE_DIGIT = String.raw`\p{Nd}`;

/** The code points that the inside of a character class of the runtime stands for. */
export function codePoints(inside: string): Ranges {
  const run = new RegExp(`[${inside}]+`, "gu");
  const found: number[] = [];
  for (let from = 0; from <= MAX_CODE_POINT; from += CHUNK) {
    if (from >= 0xd800 && from <= 0xdfff) continue;
    const text = chunk(from);
    const width = from > 0xffff ? 2 : 1;
    for (const match of text.matchAll(run)) {
      const start = from + match.index / width;
      found.push(start, start + match[0].length / width - 1);
    }
  }
  return normalize(found);
}

function chunk(from: number): string {
  // A chunk that would reach into the surrogates ends before them.
  const length = from < 0xd800 ? Math.min(CHUNK, 0xd800 - from) : CHUNK;
  return String.fromCodePoint(...Array.from({ length }, (_, i) => from + i));
}

/** Ranges of a named property such as `L`, `Greek`, `White_Space` or `Script=Greek`; undefined when there is none. */
export function property(name: string): Ranges | undefined {
  const plain = name.trim().replace(/^is[_ ]?(?=\w)/i, "");
  if (/^any$/i.test(plain)) return [0, MAX_CODE_POINT];
  if (/^ascii$/i.test(plain)) return [0, 0x7f];
  if (/^assigned$/i.test(plain)) return codePoints(String.raw`\P{Cn}`);
  for (const spelling of spellings(plain))
    for (const candidate of [spelling, `Script=${spelling}`])
      if (isProperty(candidate)) return nonEmpty(codePoints(`\\p{${candidate}}`));
  return undefined;
}

/** Surrogates are no characters of UTF-8, so their property names nothing. */
function nonEmpty(ranges: Ranges): Ranges | undefined {
  return ranges.length > 0 ? ranges : undefined;
}

function spellings(name: string): readonly string[] {
  const [, key, value] = /^(\w+)\s*[=:]\s*([\w -]+)$/.exec(name) ?? [];
  if (key === undefined || value === undefined) return [name, title(name), name.toUpperCase()];
  const full = { gc: "General_Category", sc: "Script", scx: "Script_Extensions" }[
    key.toLowerCase()
  ];
  return [`${key}=${value}`, `${full ?? title(key)}=${title(value)}`];
}

function title(name: string): string {
  return name
    .split(/[_\s-]+|(?<=[a-z])(?=[A-Z])/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("_");
}

function isProperty(name: string): boolean {
  if (!/^[\w=]+$/.test(name)) return false;
  try {
    return new RegExp(`\\p{${name}}`, "u").source.length > 0;
  } catch {
    return false;
  }
}

/** Adds every letter that folds together with one of the set (simple case folding). */
export function createFolder(): (ranges: Ranges) => Ranges {
  let cased: Ranges | undefined;
  const groups = new Map<number, number[]>();
  const build = (): Ranges => {
    const changing = codePoints(CASED);
    eachOf(changing, (c) => {
      for (const other of otherCases(c)) join(groups, c, other);
    });
    return normalize([...groups.keys()].flatMap((c) => [c, c]));
  };
  return (ranges) => {
    cased ??= build();
    const added: number[] = [];
    eachOf(intersect(ranges, cased), (c) => {
      for (const other of groups.get(c) ?? []) added.push(other, other);
    });
    return normalize([...ranges, ...added]);
  };
}

function eachOf(ranges: Ranges, visit: (c: number) => void): void {
  for (let i = 0; i < ranges.length; i += 2)
    for (let c = ranges[i]!; c <= ranges[i + 1]!; c++) visit(c);
}

function otherCases(c: number): readonly number[] {
  const text = String.fromCodePoint(c);
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
  return [lower, upper, upper.toLowerCase(), lower.toUpperCase()]
    .filter((other) => other !== text && SAME_LETTER.test(text + other))
    .map((other) => other.codePointAt(0)!);
}

function join(groups: Map<number, number[]>, a: number, b: number): void {
  const first = groups.get(a) ?? [a];
  const second = groups.get(b) ?? [b];
  if (first === second) return;
  const merged = [...new Set([...first, ...second])];
  for (const member of merged) groups.set(member, merged);
}
