import { MAX_EVIDENCE } from "./limits.ts";

// What is shown of a value should say why it was found and give away nothing: words of the attack's
// own grammar are short, secrets are long. Long runs of letters and digits, digits in rows and what
// stands left of an @ are masked.
const LONGEST_WORD = 20;
const secret = new RegExp(
  `[A-Za-z0-9+/_=-]{${LONGEST_WORD + 1},${MAX_EVIDENCE}}|\\d{7,${MAX_EVIDENCE}}|[\\w.+-]{1,64}@`,
  "g",
);
// oxlint-disable-next-line no-control-regex -- control characters must not reach a log
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** The evidence of a finding: the span, shortened, masked and printable. */
export function evidenceOf(text: string, start: number, end: number): string {
  const span = text.slice(start, Math.min(end, start + MAX_EVIDENCE));
  const shown = span
    .replace(secret, (match) => (match.endsWith("@") ? "***@" : "***"))
    .replace(control, " ");
  return end > start + MAX_EVIDENCE ? `${shown}…` : shown;
}
