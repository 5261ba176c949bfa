// The public keys of a signer, read from its well-known directory
// (draft-meunier-http-message-signatures-directory). Only hosts the application listed are asked, only
// over https, without redirects, and what they answer is bounded.

import { helpers } from "web-bot-auth/crypto";
import { jwkToKeyID } from "web-bot-auth";

const PATH = "/.well-known/http-message-signatures-directory";
/** Longest directory, in bytes. */
export const MAX_DIRECTORY = 65_536;
/** Keys of a directory that are looked at. */
export const MAX_KEYS = 32;
const FRESH_MS = 60 * 60_000;
const FAILED_MS = 10 * 60_000;

type Keys = ReadonlyMap<string, JsonWebKey>;

export interface KeyDirectory {
  /** The keys of a host by their thumbprint (RFC 7638); undefined when they cannot be had. */
  keys(host: string, wait: boolean): Promise<Keys | undefined>;
}

interface Options {
  readonly fetch: typeof fetch;
  readonly timeout: number;
  readonly now: () => number;
}

async function readBounded(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > MAX_DIRECTORY) {
      await reader.cancel();
      throw new Error("The key directory is too long.");
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** The public part of a key that the signature scheme knows; undefined for any other. */
function publicKey(value: unknown): JsonWebKey | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { kty, crv, x, n, e, alg }: Record<string, unknown> = { ...value };
  if (kty === "OKP" && crv === "Ed25519" && typeof x === "string") return { kty, crv, x };
  if (kty === "RSA" && alg === "PS512" && typeof n === "string" && typeof e === "string")
    return { kty, alg, n, e };
  return undefined;
}

async function parseKeys(text: string): Promise<Keys> {
  const data: unknown = JSON.parse(text);
  const list = typeof data === "object" && data !== null && "keys" in data ? data.keys : undefined;
  if (!Array.isArray(list)) throw new Error("The key directory has no keys.");
  const keys = new Map<string, JsonWebKey>();
  for (const entry of list.slice(0, MAX_KEYS)) {
    const key = publicKey(entry);
    if (!key) continue;
    // The thumbprint is computed, never taken from `kid`: a directory cannot pass a key off as another.
    keys.set(await jwkToKeyID(key, helpers.WEBCRYPTO_SHA256, helpers.BASE64URL_DECODE), key);
  }
  return keys;
}

/** Makes a directory that remembers keys for an hour and failures for ten minutes. */
export function keyDirectory({ fetch, timeout, now }: Options): KeyDirectory {
  const memory = new Map<string, { readonly keys: Keys | undefined; readonly until: number }>();
  const pending = new Map<string, Promise<Keys | undefined>>();
  const load = async (host: string): Promise<Keys | undefined> => {
    let keys: Keys | undefined;
    try {
      const response = await fetch(`https://${host}${PATH}`, {
        redirect: "manual",
        credentials: "omit",
        signal: AbortSignal.timeout(timeout),
      });
      if (response.ok) keys = await parseKeys(await readBounded(response));
    } catch {
      // A directory that cannot be read proves nothing.
    }
    memory.set(host, { keys, until: now() + (keys ? FRESH_MS : FAILED_MS) });
    return keys;
  };
  return {
    async keys(host, wait) {
      const known = memory.get(host);
      if (known && known.until > now()) return known.keys;
      const underWay = pending.get(host) ?? load(host).finally(() => pending.delete(host));
      pending.set(host, underWay);
      return wait ? underWay : known?.keys;
    },
  };
}
