// A run of digits with separators, read once and then judged as card, phone number or social security
// number. Only the shape is kept: the digits, and the lengths of the groups.
import { isDigit } from "../characters.ts";

/** Digits of a run; whatever has more is no number that is looked for. */
export const MAX_DIGITS = 24;
/** Groups of a run: country code, area and four pairs, and one to spare. */
export const MAX_GROUPS = 7;

export interface DigitRun {
  readonly start: number;
  readonly end: number;
  /** The digits alone. */
  readonly digits: string;
  readonly groups: readonly number[];
  /** The lengths of the groups, a character each and letters above nine: "334". */
  readonly shape: string;
  /** Where each group ends in the text. */
  readonly ends: readonly number[];
  /** What stands between the groups; one more than the gaps when yet another group follows. */
  readonly separators: readonly string[];
  readonly plus: boolean;
  readonly parenthesis: boolean;
}

const PLUS = 0x2b;
const OPEN = 0x28;
const CLOSE = 0x29;
/** Characters between two groups. */
const MAX_SEPARATOR = 3;

/**
 * Reads the run that starts at a digit, "+" or "("; undefined when there is none, a group is too long or
 * the bracket that it starts with is not closed within it.
 */
export function readDigits(text: string, start: number): DigitRun | undefined {
  const first = skipPrefix(text, start);
  const plus = first > start && hasUnit(text, start, first, PLUS);
  const parenthesis = first > start && hasUnit(text, start, first, OPEN);
  const separators: string[] = [];
  const groups: number[] = [];
  const ends: number[] = [];
  let digits = "";
  let shape = "";
  let open = parenthesis;
  let from = first;
  while (groups.length < MAX_GROUPS) {
    const end = digitsEnd(text, from);
    if (end === from || digits.length + end - from > MAX_DIGITS) break;
    digits += text.slice(from, end);
    groups.push(end - from);
    shape += (end - from).toString(36);
    ends.push(end);
    const next = separatorEnd(text, end, open);
    if (next === end) break;
    const separator = text.slice(end, next);
    separators.push(separator);
    if (open && hasUnit(text, end, next, CLOSE)) open = false;
    if (hasUnit(text, end, next, OPEN)) open = true;
    from = next;
  }
  const end = ends.at(-1);
  // "(+49 30 901820)": the bracket belongs to the sentence, and the number begins behind it.
  if (end === undefined || (parenthesis && open)) return undefined;
  return { start, end, digits, groups, shape, ends, separators, plus, parenthesis };
}

/** The run without the groups after the first `count`, which have so many digits. */
export function takeGroups(run: DigitRun, count: number, digits: number): DigitRun {
  const more = run.separators.length >= count;
  if (count === run.groups.length && !more) return run;
  return {
    start: run.start,
    end: run.ends[count - 1] ?? run.end,
    digits: run.digits.slice(0, digits),
    groups: run.groups.slice(0, count),
    shape: run.shape.slice(0, count),
    ends: run.ends,
    separators: run.separators.slice(0, count - 1),
    plus: run.plus,
    parenthesis: run.parenthesis,
  };
}

function hasUnit(text: string, start: number, end: number, unit: number): boolean {
  for (let i = start; i < end; i++) if (text.charCodeAt(i) === unit) return true;
  return false;
}

/** Behind "+", "(", "+(" or "(+". */
function skipPrefix(text: string, start: number): number {
  let i = start;
  if (text.charCodeAt(i) === PLUS) i++;
  if (text.charCodeAt(i) === OPEN) i++;
  if (i === start + 1 && text.charCodeAt(start) === OPEN && text.charCodeAt(i) === PLUS) i++;
  return i;
}

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (end - from <= MAX_DIGITS && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Behind the separator that leads to a further digit; `start` when there is none. */
export function separatorEnd(text: string, start: number, open: boolean): number {
  let opens = false;
  let closes = false;
  let i = start;
  for (; i - start < MAX_SEPARATOR; i++) {
    const unit = text.charCodeAt(i);
    if (unit === OPEN && !open && !opens) opens = true;
    else if (unit === CLOSE && (open || opens) && !closes) closes = true;
    else if (!isSeparator(unit)) break;
  }
  return isDigit(text.charCodeAt(i)) ? i : start;
}

/** Space, no-break spaces, hyphens and dashes, "." and "/". */
function isSeparator(unit: number): boolean {
  return (
    unit === 0x20 ||
    (unit >= 0x2d && unit <= 0x2f) ||
    unit === 0xa0 ||
    unit === 0x202f ||
    (unit >= 0x2010 && unit <= 0x2013)
  );
}
