// What the functions of the language make of texts. Flags are "true" and "false" here, as `explain` and
// lists of them show them.
import { decodeForm } from "./percent.ts";
import type { FunctionName } from "./scheme.ts";
import { byteLength, lowerAscii, upperAscii } from "./text.ts";

/** A function of texts, undefined where there is none. */
export type Apply = (...texts: (string | undefined)[]) => string | undefined;

/** By name; a missing argument makes the result missing, but for `len` and `exists`. */
export const FUNCTIONS_OF_TEXT: Readonly<Record<FunctionName, Apply>> = {
  lower: (text) => text && lowerAscii(text),
  upper: (text) => text && upperAscii(text),
  url_decode: (text) => text && decodeForm(text),
  concat: (...texts) => (texts.includes(undefined) ? undefined : texts.join("")),
  len: (text) => String(text === undefined ? 0 : byteLength(text)),
  exists: (text) => String(text !== undefined),
  starts_with: (text, part) =>
    text === undefined || part === undefined ? undefined : String(text.startsWith(part)),
  ends_with: (text, part) =>
    text === undefined || part === undefined ? undefined : String(text.endsWith(part)),
};
