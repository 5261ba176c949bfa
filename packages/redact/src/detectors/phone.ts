// Phone numbers as people write them. An international number is known by its country code; a national
// one by the shape its country uses (North American 3-3-4, a leading zero elsewhere, an area code in
// parentheses); anything else counts only where the words before it speak of a phone. Dates, versions
// and references have the same characters, so they are ruled out by shape and by words.
import type { NumberKind } from "../context.ts";
import type { Span } from "../span.ts";
import { hasCountryCode } from "./country-code.ts";
import type { DigitRun } from "./digits.ts";

const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/**
 * The phone number that the run is; undefined when it is none. `alone`: no further digits follow behind
 * a space, as they do in a column of numbers.
 */
export function findPhone(
  text: string,
  run: DigitRun,
  alone: boolean,
  readKind: () => NumberKind,
): Span<"PHONE_NUMBER"> | undefined {
  const { start, end, digits } = run;
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS || isDate(run)) return undefined;
  if (run.plus ? !hasCountryCode(digits) : !isNational(text, run, alone, readKind))
    return undefined;
  return { start, end, identifiedType: "PHONE_NUMBER" };
}

function isNational(
  text: string,
  run: DigitRun,
  alone: boolean,
  readKind: () => NumberKind,
): boolean {
  const shaped =
    isNorthAmerican(run) ||
    hasTrunkZero(run) ||
    hasAreaCode(run) ||
    isChineseMobile(run) ||
    hasTrunkApart(run) ||
    hasExitCode(run);
  const kind = readKind();
  if (kind === "phone") return shaped || mayBeCalledPhone(text, run);
  return shaped && alone && kind === undefined;
}

/** 202-555-0173, (202) 555-0173, 1.202.555.0173: neither area nor exchange starts with 0 or 1. */
function isNorthAmerican({ digits, shape, separators, parenthesis }: DigitRun): boolean {
  const bracketed = parenthesis || (separators[0]?.includes("(") ?? false);
  const known = shape === "334" || shape === "1334" || (parenthesis && shape === "37");
  if (!known) return false;
  const national = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
  if (!/^[2-9]\d\d[2-9]\d{6}$/.test(national)) return false;
  if (national[1] === "1" && national[2] === "1") return false;
  const [last] = separators.slice(-1);
  const pair = separators.slice(-2);
  // 312/555-0124, 514 555-0134
  const apart = shape === "334" && (pair[0] === "/" || pair[0] === " ") && last === "-";
  return last !== "/" && (bracketed || apart || sameSeparators(pair) || shape === "37");
}

/** 020 7946 0958, 06.12.34.56.78, 03-1234-5678, 0171/1234567: national numbers with a leading zero. */
function hasTrunkZero({ digits, groups, shape, separators }: DigitRun): boolean {
  // 02110-1301 is a place in Boston.
  if (shape === "54" && separators[0] === "-") return false;
  if (!digits.startsWith("0") || digits.startsWith("00") || digits.length < 9 || digits.length > 12)
    return false;
  if (groups.length < 2 || groups.length > 5 || groups[0]! < 2 || groups[0]! > 6) return false;
  return (
    groups.every((group) => group >= 2) && sameSeparators(separators.slice(1)) && tidy(separators)
  );
}

/** (11) 91234-5678, (02) 9374 4000: an area code in parentheses. */
function hasAreaCode({ digits, groups, separators, parenthesis }: DigitRun): boolean {
  if (!parenthesis || groups.length < 2 || !separators[0]!.startsWith(")")) return false;
  if (digits.length < 9 || digits.length > 12) return false;
  const area = groups[0]!;
  return (
    area >= 2 && area <= 5 && !/^(?:19|20)\d\d/.test(area === 4 ? digits : "") && groups[1]! >= 3
  );
}

/** 138-0013-8000. */
function isChineseMobile({ digits, shape, separators }: DigitRun): boolean {
  return (
    shape === "344" && /^1[3-9]/.test(digits) && sameSeparators(separators) && tidy(separators)
  );
}

/**
 * 8 (495) 123-45-67, 8-916-123-45-67: Russia and its neighbours dial 8 before the area; 0 532 123 45 67:
 * Turkey sets its 0 apart.
 */
function hasTrunkApart({ digits, shape, separators }: DigitRun): boolean {
  return shape === "13322" && /^(?:8[3-9]|0[1-9])/.test(digits) && tidy(separators);
}

/** 0044 20 7946 0958, 011 44 20 7946 0958: the exit code instead of "+". */
function hasExitCode({ digits, groups, separators }: DigitRun): boolean {
  const code = digits.startsWith("011") ? 3 : 2;
  return (
    digits.length >= 11 &&
    (code === 3 || digits.startsWith("00")) &&
    digits[code] !== "0" &&
    groups.length >= 3 &&
    groups[0]! >= 2 &&
    tidy(separators) &&
    hasCountryCode(digits.slice(code))
  );
}

/** A number without a telling shape needs a word, and some need it right before. */
function mayBeCalledPhone(text: string, run: DigitRun): boolean {
  const { groups, digits, separators, start } = run;
  if (groups.length > 6 || !tidy(separators) || separators.includes("/")) return false;
  const [first = 0, ...rest] = groups;
  // One digit by itself is the class of a service number: 0180 5 123456.
  const single = rest.filter((group) => group < 2).length;
  if (single > (digits.startsWith("0") ? 1 : 0) || (first === 1 && !digits.startsWith("1")))
    return false;
  // "12 500 000" is an amount.
  const amount = rest.length > 0 && first < 3 && rest.every((group) => group === 3);
  if (rest.length > 0 ? !amount : digits.length >= 9) return true;
  return ADJACENT.test(text.slice(Math.max(0, start - ADJACENT_LENGTH), start));
}

const ADJACENT_LENGTH = 20;
const ADJACENT =
  /(?:phone|tel|telefon|mobile|mobil|cell|fax|call|whatsapp|sms|tlf|gsm|ring|dial|puhelin|电话|電話|手机|携帯)[\s"':=.(#]{0,5}$/i;

function sameSeparators(separators: readonly string[]): boolean {
  return separators.every((separator) => separator === separators[0]);
}

/** At most a bracket or a slash with a space around it, no run of punctuation. */
function tidy(separators: readonly string[]): boolean {
  return separators.every(
    (separator) => separator.length === 1 || /^[)(]|[)(]$| [-\u2013/] |^\) ?$/.test(separator),
  );
}

/** 2024-05-17, 17.05.2024, 05/17/2024, alone or in front of a time; 2024/2025. */
function isDate({ digits, groups, shape, plus }: DigitRun): boolean {
  if (plus) return false;
  if (shape === "44") return /^(?:19|20)\d\d(?:19|20)\d\d$/.test(digits);
  const [first, second, third] = groups;
  if (first === 4 && second === 2 && third === 2) return /^(?:19|20)\d\d[01]\d[0-3]\d/.test(digits);
  if (first! <= 2 && second! <= 2 && third === 4)
    return /^(?:19|20)\d\d/.test(digits.slice(first! + second!));
  return groups.length > 1 && first === 8 && /^(?:19|20)\d\d[01]\d[0-3]\d/.test(digits);
}
