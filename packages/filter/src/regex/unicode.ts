// Unicode tables are not shipped: the runtime has them. A property becomes ranges by running the
// runtime's own `\p{…}` over all code points once, when an expression with `(?u)` is compiled; the
// runtime's case-insensitive back-reference says which letters fold together.
import { intersect, MAX_CODE_POINT, normalize, type Ranges } from "./ranges.ts";

const PLANE = 0x10000;
const LAST_PLANE = 16;
/** Planes whose code points differ; the others are unassigned or for private use throughout. */
const ASSIGNED_PLANES: ReadonlySet<number> = new Set([0, 1, 2, 3, 14]);
const SAME_LETTER = /^(.)\1$/isu;
const CASED = String.raw`\p{Changes_When_Casefolded}\p{Changes_When_Lowercased}\p{Changes_When_Uppercased}`;

export const UNICODE_WORD = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`;
export const UNICODE_SPACE = String.raw`\p{White_Space}`;
export const UNICODE_DIGIT = String.raw`\p{Nd}`;

/** The Unicode tables of the patterns of one filter: each is made on first use. */
export interface Tables {
  /** The code points that the inside of a character class of the runtime stands for. */
  readonly codePoints: (inside: string) => Ranges;
  /** Adds every letter that folds together with one of the set (simple case folding). */
  readonly fold: (ranges: Ranges) => Ranges;
}

export function createTables(): Tables {
  const made = new Map<string, Ranges>();
  const tableOf = (inside: string) => {
    const known = made.get(inside);
    if (known) return known;
    const ranges = scan(inside);
    made.set(inside, ranges);
    return ranges;
  };
  let fold: ((ranges: Ranges) => Ranges) | undefined;
  return {
    codePoints: tableOf,
    fold: (ranges) => (fold ??= createFolder(tableOf(CASED)))(ranges),
  };
}

function scan(inside: string): Ranges {
  const one = new RegExp(`^[${inside}]$`, "u");
  const found: number[] = [];
  const look = (from: number, to = from) => {
    const last = found.length - 1;
    if (!one.test(String.fromCodePoint(from))) return;
    if (found[last] === from - 1) found[last] = to;
    else found.push(from, to);
  };
  for (let plane = 0; plane <= LAST_PLANE; plane++) {
    const start = plane * PLANE;
    const end = start + PLANE - 1;
    if (ASSIGNED_PLANES.has(plane)) {
      for (let c = start; c <= end; c++) if (c < 0xd800 || c > 0xdfff) look(c);
    } else {
      // One stands for all of the plane but its two noncharacters.
      look(start, end - 2);
      look(end - 1);
      look(end);
    }
  }
  return found;
}

/** Ranges of a named property such as `L`, `Greek`, `White_Space` or `Script=Greek`; undefined when there is none. */
export function property({ codePoints }: Tables, name: string): Ranges | undefined {
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

function createFolder(changing: Ranges): (ranges: Ranges) => Ranges {
  const groups = new Map<number, number[]>();
  eachOf(changing, (c) => {
    for (const other of otherCases(c)) join(groups, c, other);
  });
  const cased = normalize([...groups.keys()].flatMap((c) => [c, c]));
  return (ranges) => {
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
