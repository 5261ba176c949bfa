import { MAX_EVIDENCE } from "./limits.ts";

// What is shown of a value should say why it was found and give away nothing: words of the attack's
// own grammar are short, secrets are long. Long runs of letters and digits, digits in rows and what
// stands left of an @ are masked. Where the field holds a secret by its name, all its letters and digits
// are: the signs between them still tell what was seen.
const LONGEST_WORD = 20;
const secret = new RegExp(
  `[A-Za-z0-9+/_=-]{${LONGEST_WORD + 1},${MAX_EVIDENCE}}|\\d{7,${MAX_EVIDENCE}}|[\\w.+-]{1,64}@`,
  "g",
);
// oxlint-disable-next-line no-control-regex -- control characters must not reach a log
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

const secretField =
  /pass(?:wor[dt]|wd|phrase|code)|^pass$|pwd|secret|token|api[_-]?key|authorization|credential|session|sess(?:_?id)?$|\bsid$|card|\bcvv|\bcvc|\bssn|\bpin$/i;

/** The evidence of a finding in a field: the span, shortened, masked and printable. */
export function evidenceOf(text: string, start: number, end: number, field: string): string {
  const span = text.slice(start, Math.min(end, start + MAX_EVIDENCE));
  const masked = secretField.test(field)
    ? span.replace(/[\p{L}\p{N}]{1,64}/gu, "***")
    : span.replace(secret, (match) => (match.endsWith("@") ? "***@" : "***"));
  const shown = masked.replace(control, " ").slice(0, MAX_EVIDENCE);
  return end > start + MAX_EVIDENCE ? `${shown}…` : shown;
}
