// Site keys. A key is 200 random bits, so one SHA-256 is hash enough: there is nothing to guess. Stored
// is the hash alone; the key itself is seen once, when it is made.
import { hash, randomBytes, timingSafeEqual } from "node:crypto";

/** What every key begins with. */
export const KEY_PREFIX = "ajkey_";
/** Characters of five random bits each. */
const KEY_LENGTH = 40;
const ID_LENGTH = 10;
const MIN_KEY_LENGTH = KEY_PREFIX.length + 1;
const MAX_KEY_LENGTH = 256;
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
/** Names of sites go into logs, metrics and keys of the store. */
const SITE = /^[a-z0-9][a-z0-9-]{0,62}$/;
const HASH = /^[0-9a-f]{64}$/;

/** A key as it is stored: it can be recognised, not read. */
export interface SiteKey {
  /** Names the key when it is listed or revoked. */
  readonly id: string;
  /** Keys of one site share its counters. */
  readonly site: string;
  /** SHA-256 of the key, in hex. */
  readonly hash: string;
  /** ISO 8601. */
  readonly created: string;
  /** ISO 8601; a key with it is refused. */
  readonly revoked?: string;
}

function randomText(length: number): string {
  let text = "";
  for (const byte of randomBytes(length)) text += ALPHABET[byte & 31];
  return text;
}

const hashOf = (key: string): Buffer => hash("sha256", key, "buffer");

/**
 * Checks the name of a site.
 *
 * @throws TypeError when it is not 1 to 63 lower-case letters, digits and hyphens.
 */
export function checkSite(site: unknown): string {
  if (typeof site === "string" && SITE.test(site)) return site;
  throw new TypeError(
    `invalid site ${JSON.stringify(site)}: use 1 to 63 lower-case letters, digits and hyphens, such as "shop"`,
  );
}

/**
 * What is stored of a key that was made elsewhere, such as one given on the command line. Whether it can be guessed is
 * for whoever made it to say.
 *
 * @throws TypeError when it does not begin with `ajkey_`, is nothing more or is longer than 256 characters.
 */
export function siteKey(key: string, site: string, now: Date = new Date()): SiteKey {
  if (key.length < MIN_KEY_LENGTH || key.length > MAX_KEY_LENGTH || !key.startsWith(KEY_PREFIX))
    throw new TypeError(
      `invalid key: expected "${KEY_PREFIX}" and something more, at most ${MAX_KEY_LENGTH} characters in all; \`arcjet keys create\` makes one`,
    );
  return {
    id: `key_${randomText(ID_LENGTH)}`,
    site: checkSite(site),
    hash: hashOf(key).toString("hex"),
    created: now.toISOString(),
  };
}

/**
 * Makes a key for a site.
 *
 * @example
 * const { key, stored } = createKey("shop"); // show `key` once, keep `stored`
 */
export function createKey(
  site: string,
  now: Date = new Date(),
): { readonly key: string; readonly stored: SiteKey } {
  const key = KEY_PREFIX + randomText(KEY_LENGTH);
  return { key, stored: siteKey(key, site, now) };
}

/** Reads a stored key from data; undefined when it is none. */
export function readSiteKey(value: unknown): SiteKey | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id, site, hash, created, revoked } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" || typeof created !== "string") return undefined;
  if (typeof site !== "string" || !SITE.test(site)) return undefined;
  if (typeof hash !== "string" || !HASH.test(hash)) return undefined;
  return { id, site, hash, created, ...(typeof revoked === "string" && { revoked }) };
}

/** Gives the site of a key; undefined when the key is unknown or revoked. */
export type Keyring = (key: string) => string | undefined;

/**
 * Builds the look-up of keys. Candidates are found by the beginning of their hash, of which an attacker
 * controls nothing, and compared in constant time; so is the key that was right last, which is in memory as it is.
 */
export function createKeyring(keys: readonly SiteKey[]): Keyring {
  const byPrefix = new Map<number, { readonly digest: Buffer; readonly site: string }[]>();
  for (const { hash, site, revoked } of keys) {
    if (revoked !== undefined) continue;
    const digest = Buffer.from(hash, "hex");
    const prefix = digest.readUInt32BE();
    const entry = { digest, site };
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), entry]);
  }
  // A server is mostly asked with one key, and hashing it costs as much as counting a limit.
  let last: { readonly key: Buffer; readonly site: string } | undefined;
  return (key) => {
    if (key.length > MAX_KEY_LENGTH) return undefined;
    const bytes = Buffer.from(key);
    if (last?.key.length === bytes.length && timingSafeEqual(last.key, bytes)) return last.site;
    const digest = hashOf(key);
    const candidates = byPrefix.get(digest.readUInt32BE());
    const site = candidates?.find((candidate) => timingSafeEqual(candidate.digest, digest))?.site;
    if (site !== undefined) last = { key: bytes, site };
    return site;
  };
}

const BEARER = /^Bearer +(\S+)$/i;

/** The key in an Authorization header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > MAX_KEY_LENGTH * 2) return undefined;
  return BEARER.exec(authorization)?.[1];
}
