// Web Bot Auth (draft-meunier-web-bot-auth-architecture): a bot signs its requests (RFC 9421) and names
// the directory that holds its keys. The signature proves who asked only when it covers the host that was
// asked and that name, is young, and was not seen before.

import { verify } from "web-bot-auth";
import type { VerificationParams } from "web-bot-auth";
import { verifierFromJWK } from "web-bot-auth/crypto";
import { expandBotList } from "./expand.ts";
import type { BotName } from "./expand.ts";
import { keyDirectory } from "./key-directory.ts";
import type { KeyDirectory } from "./key-directory.ts";
import { usedOnce } from "./replay.ts";
import type { UsedOnce } from "./replay.ts";
import type { SignatureVerdict, SignatureVerifier, SignedRequest } from "./signature.ts";

export interface WebBotAuthOptions {
  /** Host names whose key directories may be read, and the bots each of them answers for. */
  readonly directories: Readonly<Record<string, readonly BotName[]>>;
  /** Host names of the application; a signature for another host is not accepted. Any by default. */
  readonly hosts?: readonly string[];
  /** Longest time from `created` to `expires` in seconds; 3,600 by default, at most 86,400. */
  readonly maxAge?: number;
  /** Milliseconds a directory may take; 2,000 by default. */
  readonly timeout?: number;
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch; `Date.now` by default. */
  readonly now?: () => number;
}

/** Longest signature headers that are read, in characters. */
export const MAX_SIGNATURE_HEADER = 4_096;

const HOST =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
const NOTHING: SignatureVerdict = { verification: "unverifiable", bots: [] };

interface Settings {
  readonly directories: ReadonlyMap<string, readonly string[]>;
  readonly hosts: ReadonlySet<string> | undefined;
  readonly maxAgeMs: number;
  readonly keys: KeyDirectory;
  readonly used: UsedOnce;
}

/** The host of `Signature-Agent`, a quoted https origin (a string or a dictionary with one member). */
function agentHost(header: string): string | undefined {
  const quoted = /^(?:[a-z*][a-z0-9_.*-]{0,63}=)?"https:\/\/([a-z0-9.-]{1,253})\/?"$/i.exec(
    header.trim(),
  );
  return quoted?.[1]?.toLowerCase();
}

function tooLong(request: SignedRequest): boolean {
  return ["signature", "signature-input", "signature-agent"].some(
    (name) => (request.header(name)?.length ?? 0) > MAX_SIGNATURE_HEADER,
  );
}

/** Why a signature that is mathematically right may still not count. */
function checkCover(data: string, params: VerificationParams, maxAgeMs: number): void {
  const covered = data.split("\n").map((line) => line.slice(0, line.indexOf(": ")));
  const has = (name: string): boolean =>
    covered.some((each) => each === `"${name}"` || each.startsWith(`"${name}";`));
  if (!has("@authority") && !has("@target-uri")) throw new Error("The host is not covered.");
  if (!has("signature-agent")) throw new Error("The directory is not covered.");
  const age = params.expires.getTime() - params.created.getTime();
  if (!(age >= 0 && age <= maxAgeMs)) throw new Error("The signature lives too long.");
}

/** Marks a failure that does not speak against the sender: an unknown key, or a signature seen before. */
const NO_EVIDENCE = Symbol("no evidence");

async function check(
  request: SignedRequest,
  settings: Settings,
  wait: boolean,
): Promise<SignatureVerdict> {
  const host = agentHost(request.header("signature-agent") ?? "");
  const bots = host === undefined ? undefined : settings.directories.get(host);
  if (host === undefined || !bots || tooLong(request) || !URL.canParse(request.url)) return NOTHING;
  if (settings.hosts && !settings.hosts.has(new URL(request.url).hostname)) return NOTHING;
  const keys = await settings.keys.keys(host, wait);
  if (!keys) return NOTHING;
  const headers = { get: (name: string) => request.header(name.toLowerCase()) ?? null };
  const message = { method: request.method, url: request.url, headers };
  try {
    await verify(message as unknown as Request, async (data, signature, params) => {
      const key = keys.get(params.keyid);
      if (!key) throw NO_EVIDENCE;
      checkCover(data, params, settings.maxAgeMs);
      await (
        await verifierFromJWK(key)
      )(data, signature, params);
      const mark = `${params.keyid} ${params.nonce ?? signature.join(",")}`;
      if (!settings.used.take(mark, params.expires.getTime())) throw NO_EVIDENCE;
    });
    return { verification: "verified", bots };
  } catch (cause) {
    return cause === NO_EVIDENCE ? NOTHING : { verification: "spoofed", bots };
  }
}

function readOptions(options: WebBotAuthOptions): Settings {
  const { timeout = 2_000, maxAge = 3_600, now = Date.now } = options;
  if (!(maxAge > 0 && maxAge <= 86_400))
    throw new TypeError(`Invalid \`maxAge\`: expected seconds from 1 to 86400, got ${maxAge}.`);
  const directories = new Map<string, readonly string[]>();
  for (const [host, names] of Object.entries(options.directories)) {
    if (!HOST.test(host))
      throw new TypeError(
        `Invalid host ${JSON.stringify(host)} in \`directories\`: expected a name in lower case such as "chatgpt.com".`,
      );
    directories.set(host, [...expandBotList(names)]);
  }
  // A method of the global object must not be called as a method of another.
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  return {
    directories,
    hosts: options.hosts && new Set(options.hosts),
    maxAgeMs: maxAge * 1_000,
    keys: keyDirectory({ fetch, timeout, now }),
    used: usedOnce(now),
  };
}

/**
 * Checks requests that bots sign with Web Bot Auth, for `botVerifier({ signatures })`. A signature of a
 * host that is not listed, whose keys cannot be read, or that was used before is unverifiable; one of a
 * listed host that is wrong or expired is spoofed.
 *
 * @throws TypeError when a host name, a bot name or `maxAge` is invalid.
 * @example
 * botVerifier({ signatures: webBotAuth({ directories: { "chatgpt.com": ["OPENAI_CRAWLER_USER"] } }) });
 */
export function webBotAuth(options: WebBotAuthOptions): SignatureVerifier {
  const settings = readOptions(options);
  const verdicts = new WeakMap<object, Promise<SignatureVerdict>>();
  return {
    applies: ({ header }) =>
      header("signature-agent") !== undefined && header("signature-input") !== undefined,
    verify(request, key, wait) {
      const known = verdicts.get(key);
      if (known) return known;
      const verdict = check(request, settings, wait).catch(() => NOTHING);
      verdicts.set(key, verdict);
      return verdict;
    },
  };
}
