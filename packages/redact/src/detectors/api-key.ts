// Secrets that say by their prefix what they are, and private keys in PEM. A secret without a prefix
// cannot be told from any other random text and is not looked for.
import { isAsciiAlphanumeric, isDigit } from "../characters.ts";
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
  /** Whether all its letters are those of hexadecimal digits, in lower case. */
  readonly hex?: boolean;
}

/** As the issuers document them, and as the scanners of code hosts look for them. */
const SHAPES: readonly Shape[] = [
  ...shapes("AKIA ASIA", { min: 16, max: 16 }),
  ...shapes("AIza", { min: 35, max: 35, also: "-_" }),
  ...shapes("GOCSPX-", { min: 28, max: 28, also: "-_" }),
  ...shapes("ya29.", { min: 40, also: "-_" }),
  ...shapes("ghp_ gho_ ghu_ ghs_ ghr_", { min: 36 }),
  ...shapes("github_pat_", { min: 50, also: "_" }),
  ...shapes("glpat- gldt- glrt- glptt- glft- glcbt- glimt- glagent- gloas-", {
    min: 20,
    also: "-_",
  }),
  ...shapes("xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxc- xapp-", { min: 20, also: "-" }),
  ...shapes("sk_live_ sk_test_ rk_live_ rk_test_", { min: 16 }),
  ...shapes("whsec_", { min: 24, max: 64, also: "+/" }),
  ...shapes("sk-ant- sk-proj- sk-svcacct- sk-admin- sk-or-v1-", { min: 24, also: "-_" }),
  ...shapes("sk-", { min: 32 }),
  ...shapes("gsk_ xai- pplx- r8_", { min: 36 }),
  ...shapes("hf_", { min: 30 }),
  ...shapes("npm_", { min: 36, max: 36 }),
  ...shapes("pypi-AgEI", { min: 40, also: "-_" }),
  ...shapes("dckr_pat_", { min: 27, also: "-_" }),
  ...shapes("dop_v1_ doo_v1_ dor_v1_", { min: 64, max: 64 }),
  ...shapes("shpat_ shpca_ shppa_ shpss_", { min: 32, max: 32 }),
  ...shapes("sbp_", { min: 40, max: 40 }),
  ...shapes("lin_api_", { min: 40, max: 40 }),
  ...shapes("hvs.", { min: 24, also: "-_" }),
  ...shapes("glsa_", { min: 40, also: "_" }),
  ...shapes("sntrys_", { min: 40, also: "_=+/-" }),
  ...shapes("SG.", { min: 60, also: "-_", dots: 1 }),
  ...shapes("eyJ", { min: 30, also: "-_", dots: 2 }),
  ...shapes("AGE-SECRET-KEY-1", { min: 58, max: 58 }),
  ...shapes("ajkey_", { min: 20 }),
  ...shapes("LTAI", { min: 16, max: 20 }),
  ...shapes("NRAK- NRJS- NRII-", { min: 19, max: 32 }),
  ...shapes("EZAK EZTK", { min: 54, max: 54 }),
  ...shapes("PMAK-", { min: 59, max: 59, also: "-" }),
  ...shapes("CFPAT- figd_ nvapi- sb_secret_", { min: 30, also: "-_" }),
  ...shapes("ATATT3xFfGF0 ATCTT3xFfGF0", { min: 100, also: "-_=" }),
  ...shapes("ATBB", { min: 32, max: 32 }),
  ...shapes("sq0atp- sq0csp- sq0idp-", { min: 22, also: "-_" }),
  ...shapes("access-production- access-development- access-sandbox-", {
    min: 36,
    max: 36,
    also: "-",
  }),
  ...shapes("pscale_tkn_ pscale_pw_ pscale_oauth_", { min: 32, also: "-_" }),
  ...shapes("tskey-auth- tskey-api- tskey-client-", { min: 20, also: "-" }),
  ...shapes("xkeysib-", { min: 81, max: 81, also: "-" }),
  ...shapes("dp.pt. dp.st. dp.ct. dp.sa.", { min: 40, also: "._" }),
  ...shapes("dt0c01.", { min: 89, max: 89, dots: 1 }),
  ...shapes("pat", { min: 79, max: 79, dots: 1 }),
  ...shapes("ntn_ nfp_ phx_ bkua_ sntryu_ lin_oauth_ CCIPAT_", { min: 36, also: "_" }),
  ...shapes("rubygems_", { min: 48, max: 48, hex: true }),
  ...shapes("shippo_live_ sgp_", { min: 40, max: 40, hex: true }),
  ...shapes("dapi key- SK", { min: 32, max: 32, hex: true }),
  ...shapes("rzp_live_", { min: 14, max: 14 }),
  ...shapes("hvb. ops_eyJ fo1_ tgp_v1_", { min: 40, also: "-_" }),
  ...shapes("re_", { min: 33, max: 33, also: "_" }),
  ...shapes("sk.eyJ", { min: 60, also: "-_", dots: 1 }),
  ...shapes("HRKU-", { min: 36, also: "-_" }),
  ...shapes("pul-", { min: 40, max: 40, hex: true }),
  ...shapes("lsv2_pt_ lsv2_sk_", { min: 43, max: 43, also: "_" }),
  ...shapes("apify_api_", { min: 36, max: 36 }),
  ...shapes("AKCp", { min: 69, max: 69 }),
  ...shapes("ABSK", { min: 100, also: "+/=" }),
];

/** One shape for each of several prefixes. */
function shapes(prefixes: string, shape: Omit<Shape, "prefix">): readonly Shape[] {
  return prefixes.split(" ").map((prefix) => ({ prefix, ...shape }));
}

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
  if (text.startsWith(BOT_PATH, start)) return findBotToken(text, start + BOT_PATH.length);
  for (const shape of BY_FIRST.get(text[start] ?? "") ?? []) {
    if (!text.startsWith(shape.prefix, start)) continue;
    const end = secretEnd(text, start + shape.prefix.length, shape);
    if (end > 0) return { start, end, identifiedType: "API_KEY" };
  }
  return undefined;
}

function secretEnd(
  text: string,
  from: number,
  { min, max, also = "", dots = 0, hex = false }: Shape,
): number {
  const limit = Math.min(text.length, from + (max ?? MAX_LENGTH) + 1);
  let end = from;
  let seen = 0;
  for (; end < limit; end++) {
    const character = text[end]!;
    if (isAsciiAlphanumeric(text.charCodeAt(end)) || also.includes(character)) continue;
    if (character !== "." || seen === dots) break;
    if (!isAsciiAlphanumeric(text.charCodeAt(end + 1)) && !also.includes(text[end + 1] ?? " "))
      break;
    seen++;
  }
  // Punctuation of the sentence, where nothing else says how long the secret is.
  if (max === undefined && dots === 0) while (end > from && also.includes(text[end - 1]!)) end--;
  const length = end - from;
  return seen === dots &&
    length >= min &&
    length <= (max ?? MAX_LENGTH) &&
    isRandom(text.slice(from, end), min === max) &&
    (!hex || HEX.test(text.slice(from, end)))
    ? end
    : -1;
}

/**
 * Random text mixes letters with digits or both cases within one piece; `sk-proj-My-Placeholder-1` and
 * `xxxxxxxx` do not. An exact length says enough by itself.
 */
function isRandom(secret: string, exact: boolean): boolean {
  if (new Set(secret).size < MIN_DISTINCT || !/[a-zA-Z]/.test(secret)) return false;
  return exact || (secret.match(PIECES) ?? []).some((piece) => MIXED.test(piece));
}

const HEX = /^[0-9a-f]+$/;
const PIECES = /[A-Za-z0-9]{8,}/g;
const MIXED = /[a-z][A-Z]|\d[A-Za-z]|[A-Za-z]\d/;
const MIN_DISTINCT = 8;

const COLON = 0x3a;
/** The address of Telegram's API has it in front of the token. */
const BOT_PATH = "bot";
const MIN_BOT_ID = 8;
const MAX_BOT_ID = 10;
const BOT_SECRET = /^:AA[\w-]{33}(?![\w-])/;
const BOT_SECRET_LENGTH = 38;

/** The token of a Telegram bot, "123456789:AA…", that starts at `start`; undefined when there is none. */
export function findBotToken(text: string, start: number): Span<"API_KEY"> | undefined {
  let colon = start;
  while (colon - start < MAX_BOT_ID && isDigit(text.charCodeAt(colon))) colon++;
  if (text.charCodeAt(colon) !== COLON || colon - start < MIN_BOT_ID) return undefined;
  const secret = BOT_SECRET.exec(text.slice(colon, colon + BOT_SECRET_LENGTH));
  return secret ? { start, end: colon + secret[0].length, identifiedType: "API_KEY" } : undefined;
}

const PEM_START = "-----BEGIN ";
const PEM_KEY = /PRIVATE KEY(?: BLOCK)?-----/;
const PEM_END = "-----END ";
const PEM_LABEL = 40;

/** The private key in PEM whose first hyphen stands at `start`; undefined when there is none. */
export function findPrivateKey(text: string, start: number): Span<"API_KEY"> | undefined {
  if (!text.startsWith(PEM_START, start)) return undefined;
  const label = text.slice(start + PEM_START.length, start + PEM_START.length + PEM_LABEL);
  const key = PEM_KEY.exec(label);
  if (!key) return undefined;
  const body = start + PEM_START.length + key.index + key[0].length;
  const block = text.slice(body, body + MAX_PEM);
  const close = block.indexOf(PEM_END);
  if (close < 0) return { start, end: body + block.length, identifiedType: "API_KEY" };
  const tail = block.indexOf(key[0], close);
  const length = tail < 0 ? close : tail + key[0].length;
  return { start, end: body + length, identifiedType: "API_KEY" };
}
