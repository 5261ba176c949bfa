// United States social security numbers: area, group and serial as the SSA has issued them. Nine bare
// digits are one only where the text says so.
import type { NumberKind } from "../context.ts";
import type { Span } from "../span.ts";
import type { DigitRun } from "./digits.ts";

/** The number that the run is; undefined when it is none. */
export function findSsn(run: DigitRun, readKind: () => NumberKind): Span<"US_SSN"> | undefined {
  const { digits, groups, shape, separators, start, end } = run;
  if (digits.length !== 9 || run.plus || run.parenthesis || !isIssued(digits)) return undefined;
  const hyphenated =
    shape === "324" && separators[0] === separators[1] && /^[-\u2010-\u2012]$/.test(separators[0]!);
  const spaced = shape === "324" && separators.every((separator) => separator === " ");
  if (!hyphenated && !spaced && groups.length > 1) return undefined;
  const kind = readKind();
  if (hyphenated ? kind === "reference" : kind !== "ssn") return undefined;
  return { start, end, identifiedType: "US_SSN" };
}

function isIssued(digits: string): boolean {
  const area = Number(digits.slice(0, 3));
  return (
    area > 0 &&
    area < 900 &&
    area !== 666 &&
    digits.slice(3, 5) !== "00" &&
    digits.slice(5) !== "0000"
  );
}
