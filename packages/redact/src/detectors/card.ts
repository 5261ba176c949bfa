// Payment cards: the issuer's prefix and length (ISO/IEC 7812), the grouping printed on cards, and the
// check digit. Of arbitrary 16-digit numbers about one in fifty passes, so that the words before a bare
// number may veto it.
import type { NumberKind } from "../context.ts";
import type { Span } from "../span.ts";
import type { DigitRun } from "./digits.ts";

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;

type Issuer = readonly [from: number, to: number, lengths: readonly number[]];

/** First six digits, inclusive. */
const ISSUERS: readonly Issuer[] = [
  [400_000, 499_999, [13, 16, 19]],
  [510_000, 559_999, [16]],
  [222_100, 272_099, [16]],
  [340_000, 349_999, [15]],
  [370_000, 379_999, [15]],
  [601_100, 601_199, [16, 19]],
  [644_000, 659_999, [16, 19]],
  [352_800, 358_999, [16, 19]],
  [300_000, 305_999, [14]],
  [360_000, 369_999, [14]],
  [380_000, 399_999, [14]],
  [620_000, 629_999, [16, 17, 18, 19]],
  [501_800, 501_899, [16]],
  [502_000, 502_099, [16]],
  [503_800, 503_899, [16]],
  [675_900, 676_399, [16]],
];

const GROUPINGS: ReadonlySet<string> = new Set(["4444", "465", "464", "44443", "6d", "445"]);

/** Whether digits, or the first of them, may be a card number: by their count and the first of all. */
export function mayBeCard(digits: string): boolean {
  return digits.length >= MIN_DIGITS && digits >= "2" && digits < "7";
}

/** The card number that the run is; undefined when it is none. */
export function findCard(
  run: DigitRun,
  readKind: () => NumberKind,
): Span<"CREDIT_CARD_NUMBER"> | undefined {
  const { digits, start, end } = run;
  if (!mayBeCard(digits) || digits.length > MAX_DIGITS || run.plus || run.parenthesis)
    return undefined;
  if (!isIssued(digits) || !passesLuhn(digits) || !isGrouped(run)) return undefined;
  const grouped = run.groups.length > 1;
  const kind = grouped ? "card" : readKind();
  if (kind === "reference" || kind === "phone" || kind === "version") return undefined;
  // Lengths that hardly any card has, and many another number, need a word that says so.
  if ((digits.length < 14 || digits.length > 16) && kind !== "card") return undefined;
  return { start, end, identifiedType: "CREDIT_CARD_NUMBER" };
}

function isIssued(digits: string): boolean {
  const prefix = Number(digits.slice(0, 6));
  return ISSUERS.some(
    ([from, to, lengths]) => prefix >= from && prefix <= to && lengths.includes(digits.length),
  );
}

/** Whether digits in groups of these lengths may be a card number. */
export function isCardShape(shape: string): boolean {
  return shape.length === 1 || GROUPINGS.has(shape);
}

function isGrouped({ groups, separators, shape }: DigitRun): boolean {
  if (groups.length === 1) return true;
  const [separator = ""] = separators;
  return (
    separator.length === 1 &&
    separator !== "/" &&
    separators.every((other) => other === separator) &&
    isCardShape(shape)
  );
}

/** The check digit of ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 0x30;
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
