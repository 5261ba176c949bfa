// Checks by its address whether a client is the bot it says it is. What is known answers at once; what
// has to be asked is asked once for an address and remembered.

import { CidrSet } from "@arcjet/ip";
import { crawlerRanges } from "./crawler-ranges.ts";
import type { CrawlerRanges } from "./crawler-ranges.ts";
import { BORROWS_NAMES, crawlers } from "./crawlers.ts";
import type { Crawler } from "./crawlers.ts";
import { nodeResolver } from "./node-resolver.ts";
import { recentCache } from "./recent.ts";
import { confirmHost } from "./reverse-dns.ts";
import type { Resolver } from "./reverse-dns.ts";
import type { SignatureVerifier } from "./signature.ts";

/** `unverifiable` when there is no way to know, or none answered. */
export type Verification = "verified" | "spoofed" | "unverifiable";

export interface VerifierOptions {
  /** Asks the domain name system; `node:dns` where there is one by default, null for none. */
  readonly resolver?: Resolver | null;
  /** Address blocks besides the embedded ones, such as those of `botsUpdate`. */
  readonly ranges?: readonly CrawlerRanges[];
  /** Checks signed requests; `webBotAuth()` of `@arcjet/bots/web-bot-auth`. None by default. */
  readonly signatures?: SignatureVerifier;
  /** Milliseconds one check may take; 2,000 by default. */
  readonly timeout?: number;
  /** Milliseconds since the epoch; `Date.now` by default. */
  readonly now?: () => number;
}

export interface BotVerifier {
  /** What is known of this claim without waiting; starts to find out what is not. */
  check(ip: string, ids: readonly string[]): Verification;
  /** The same, after waiting for what is not known. Never rejects. */
  verify(ip: string, ids: readonly string[]): Promise<Verification>;
  readonly signatures: SignatureVerifier | undefined;
}

const VERIFIED_MS = 24 * 60 * 60_000;
const OTHERWISE_MS = 10 * 60_000;
/** Answers in each of the two generations of the memory. */
export const MAX_ANSWERS = 4_096;
/** Checks under way at one time; one more is unverifiable at once. */
export const MAX_PENDING = 64;

/** Addresses inside a network of one's own, of which nobody elsewhere can say anything. */
const PRIVATE = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
].concat(["192.168.0.0/16", "::/127", "fc00::/7", "fe80::/10"]);

interface KnownCrawler extends Crawler {
  readonly blocks: CidrSet;
  /** Whether an address outside the blocks is surely not the crawler. */
  readonly complete: boolean;
}

function withBlocks(lists: readonly CrawlerRanges[]): readonly KnownCrawler[] {
  return crawlers.map((crawler) => {
    const own = lists.filter((list) => list.name === crawler.name);
    const blocks = new CidrSet(own.flatMap((list) => list.ranges));
    return { ...crawler, blocks, complete: own.some((list) => list.complete === true) };
  });
}

/** The verdict on a claim from those on each crawler it names: one that holds is enough. */
function combine(verdicts: readonly Verification[], ids: readonly string[]): Verification {
  if (verdicts.includes("verified")) return "verified";
  if (ids.includes(BORROWS_NAMES)) return "unverifiable";
  return verdicts.includes("spoofed") ? "spoofed" : "unverifiable";
}

/** Rejects when the promise has not settled after this many milliseconds. */
async function within<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("No answer in time.")), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks once for each crawler and address, and remembers the answer for a day, any other for ten minutes. */
function dnsMemory(resolver: Resolver | undefined, timeout: number, now: () => number) {
  const answers = recentCache<{ readonly verdict: Verification; readonly until: number }>(
    MAX_ANSWERS,
  );
  const pending = new Map<string, Promise<Verification>>();
  const ask = async (resolver: Resolver, key: string, crawler: Crawler, ip: string) => {
    let verdict: Verification = "unverifiable";
    try {
      const confirmed = await within(confirmHost(resolver, ip, crawler.hosts), timeout);
      verdict = confirmed ? "verified" : "spoofed";
    } catch {
      // No answer is no evidence, in either direction.
    }
    answers.set(key, {
      verdict,
      until: now() + (verdict === "verified" ? VERIFIED_MS : OTHERWISE_MS),
    });
    pending.delete(key);
    return verdict;
  };
  return (crawler: Crawler, ip: string): Verification | Promise<Verification> => {
    if (!resolver || crawler.hosts.length === 0) return "unverifiable";
    const key = `${crawler.name} ${ip}`;
    const answer = answers.get(key);
    if (answer && answer.until > now()) return answer.verdict;
    const underWay = pending.get(key);
    if (underWay) return underWay;
    if (pending.size >= MAX_PENDING) return "unverifiable";
    const asked = ask(resolver, key, crawler, ip);
    pending.set(key, asked);
    return asked;
  };
}

/**
 * Makes a verifier, which remembers its answers; share one between rules.
 *
 * @throws TypeError when an address block is malformed or `timeout` is not a positive number.
 * @example
 * const verifier = botVerifier({ ranges: (await botsUpdate()).ranges });
 * await verifier.verify("66.249.66.1", ["GOOGLE_CRAWLER"]); // "verified"
 */
export function botVerifier(options: VerifierOptions = {}): BotVerifier {
  const { timeout = 2_000, now = Date.now, signatures } = options;
  if (!(timeout > 0 && Number.isFinite(timeout)))
    throw new TypeError(
      `Invalid \`timeout\`: expected a positive number of milliseconds, got ${timeout}.`,
    );
  const known = withBlocks([...crawlerRanges, ...(options.ranges ?? [])]);
  const inside = new CidrSet(PRIVATE);
  const resolver = options.resolver === undefined ? nodeResolver({ timeout }) : options.resolver;
  const byName = dnsMemory(resolver ?? undefined, timeout, now);
  const judge = (crawler: KnownCrawler, ip: string): Verification | Promise<Verification> => {
    if (crawler.blocks.has(ip)) return "verified";
    if (crawler.complete && crawler.hosts.length === 0) return "spoofed";
    return byName(crawler, ip);
  };
  const claims = (ip: string, ids: readonly string[]): (Verification | Promise<Verification>)[] => {
    if (ip === "" || inside.has(ip)) return [];
    return known
      .filter((crawler) => crawler.ids.some((id) => ids.includes(id)))
      .map((crawler) => judge(crawler, ip));
  };
  return {
    signatures,
    check: (ip, ids) =>
      combine(
        claims(ip, ids).map((each) => (each instanceof Promise ? "unverifiable" : each)),
        ids,
      ),
    verify: async (ip, ids) => combine(await Promise.all(claims(ip, ids)), ids),
  };
}
