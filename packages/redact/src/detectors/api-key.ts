// Secrets that say by their prefix what they are, and private keys in PEM. A secret without a prefix
// cannot be told from any other random text and is not looked for.
import { isAsciiAlphanumeric } from "../characters.ts";
import type { Span } from "../span.ts";

const MAX_LENGTH = 4_096;
const MAX_PEM = 16_384;

interface Shape {
  readonly prefix: string;
  /** Characters behind the prefix; without `max` as many as follow. */
  readonly min: number;
  readonly max?: number;
  /** Characters besides letters and digits that belong to the secret. */
  readonly also?: string;
  /** Dots that a secret of several parts has, as a JWT. */
  readonly dots?: number;
}

const SHAPES: readonly Shape[] = [
  { prefix: "AKIA", min: 16, max: 16 },
  { prefix: "ASIA", min: 16, max: 16 },
  { prefix: "AIza", min: 35, max: 35, also: "-_" },
  { prefix: "ghp_", min: 36 },
  { prefix: "gho_", min: 36 },
  { prefix: "ghu_", min: 36 },
  { prefix: "ghs_", min: 36 },
  { prefix: "ghr_", min: 36 },
  { prefix: "github_pat_", min: 50, also: "_" },
  { prefix: "glpat-", min: 20, also: "-_" },
  { prefix: "xoxb-", min: 20, also: "-" },
  { prefix: "xoxp-", min: 20, also: "-" },
  { prefix: "xoxa-", min: 20, also: "-" },
  { prefix: "xoxr-", min: 20, also: "-" },
  { prefix: "xoxs-", min: 20, also: "-" },
  { prefix: "xapp-", min: 20, also: "-" },
  { prefix: "sk_live_", min: 16 },
  { prefix: "sk_test_", min: 16 },
  { prefix: "rk_live_", min: 16 },
  { prefix: "rk_test_", min: 16 },
  { prefix: "whsec_", min: 24, max: 64, also: "+/" },
  { prefix: "sk-ant-", min: 24, also: "-_" },
  { prefix: "sk-proj-", min: 24, also: "-_" },
  { prefix: "sk-", min: 32 },
  { prefix: "hf_", min: 30 },
  { prefix: "npm_", min: 36, max: 36 },
  { prefix: "pypi-AgEI", min: 40, also: "-_" },
  { prefix: "dop_v1_", min: 64, max: 64 },
  { prefix: "shpat_", min: 32, max: 32 },
  { prefix: "shpss_", min: 32, max: 32 },
  { prefix: "SG.", min: 60, also: "-_", dots: 1 },
  { prefix: "eyJ", min: 30, also: "-_", dots: 2 },
  { prefix: "AGE-SECRET-KEY-1", min: 58, max: 58 },
  { prefix: "ajkey_", min: 20 },
];

const BY_FIRST: ReadonlyMap<string, readonly Shape[]> = byFirstCharacter();

function byFirstCharacter(): ReadonlyMap<string, readonly Shape[]> {
  const groups = new Map<string, Shape[]>();
  for (const shape of SHAPES) {
    const [first = ""] = shape.prefix;
    groups.set(first, [...(groups.get(first) ?? []), shape]);
  }
  return groups;
}

/** The secret that starts at `start`; undefined when there is none. */
export function findApiKey(text: string, start: number): Span<"API_KEY"> | undefined {
  // Inside a longer token nothing starts; so every token is read once for each shape.
  if ("-_.".includes(text[start - 1] ?? " ") && isAsciiAlphanumeric(text.charCodeAt(start - 2)))
    return undefined;
  for (const shape of BY_FIRST.get(text[start] ?? "") ?? []) {
    if (!text.startsWith(shape.prefix, start)) continue;
    const end = secretEnd(text, start + shape.prefix.length, shape);
    if (end > 0) return { start, end, identifiedType: "API_KEY" };
  }
  return undefined;
}

function secretEnd(text: string, from: number, { min, max, also = "", dots = 0 }: Shape): number {
  const limit = Math.min(text.length, from + (max ?? MAX_LENGTH) + 1);
  let end = from;
  let seen = 0;
  for (; end < limit; end++) {
    const character = text[end]!;
    if (isAsciiAlphanumeric(text.charCodeAt(end)) || also.includes(character)) continue;
    if (character !== "." || seen === dots || !isAsciiAlphanumeric(text.charCodeAt(end + 1))) break;
    seen++;
  }
  while (end > from && also.includes(text[end - 1]!)) end--;
  const length = end - from;
  return seen === dots &&
    length >= min &&
    length <= (max ?? MAX_LENGTH) &&
    isRandom(text.slice(from, end), min === max)
    ? end
    : -1;
}

/**
 * Random text has digits or, in one piece, both cases; `sk-proj-My-Placeholder` and `xxxxxxxx` have not.
 * An exact length says enough by itself.
 */
function isRandom(secret: string, exact: boolean): boolean {
  if (new Set(secret).size < MIN_DISTINCT || !/[a-zA-Z]/.test(secret)) return false;
  if (exact || /\d/.test(secret)) return true;
  return /^[a-zA-Z]*$/.test(secret) && /[a-z]/.test(secret) && /[A-Z]/.test(secret);
}

const MIN_DISTINCT = 8;

const PEM_START = "-----BEGIN ";
const PEM_KEY = "PRIVATE KEY-----";
const PEM_END = "-----END ";
const PEM_LABEL = 40;

/** The private key in PEM whose first hyphen stands at `start`; undefined when there is none. */
export function findPrivateKey(text: string, start: number): Span<"API_KEY"> | undefined {
  if (!text.startsWith(PEM_START, start)) return undefined;
  const label = text.slice(start + PEM_START.length, start + PEM_START.length + PEM_LABEL);
  const key = label.indexOf(PEM_KEY);
  if (key < 0) return undefined;
  const body = start + PEM_START.length + key + PEM_KEY.length;
  const block = text.slice(body, body + MAX_PEM);
  const close = block.indexOf(PEM_END);
  if (close < 0) return { start, end: body + block.length, identifiedType: "API_KEY" };
  const tail = block.indexOf(PEM_KEY, close);
  const length = tail < 0 ? close : tail + PEM_KEY.length;
  return { start, end: body + length, identifiedType: "API_KEY" };
}
