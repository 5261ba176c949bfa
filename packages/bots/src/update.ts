// Reads the address blocks that operators publish for their crawlers. A list that cannot be read, or
// that looks wrong, is reported and leaves the others alone.

import { parseCidr } from "@arcjet/ip";
import type { CrawlerRanges } from "./crawler-ranges.ts";

/** Where the operator of a crawler publishes its address blocks. */
export interface RangeSource {
  /** Name of the crawler. */
  readonly name: string;
  readonly url: string;
}

export interface BotsUpdate {
  /** When it was made, ISO 8601. */
  readonly date: string;
  readonly ranges: readonly CrawlerRanges[];
  readonly failed: readonly {
    readonly name: string;
    readonly url: string;
    readonly message: string;
  }[];
}

export interface BotsUpdateOptions {
  /** Lists to read instead of `rangeSources`. */
  readonly sources?: readonly RangeSource[];
  readonly fetch?: typeof fetch;
  /** Milliseconds one list may take; 10,000 by default. */
  readonly timeout?: number;
  readonly now?: () => number;
}

const GOOGLE = "https://developers.google.com/static/search/apis/ipranges";

/** Lists that operators publish, all of them JSON with `ipv4Prefix` and `ipv6Prefix`. */
export const rangeSources: readonly RangeSource[] = [
  { name: "Googlebot", url: `${GOOGLE}/googlebot.json` },
  { name: "Googlebot", url: `${GOOGLE}/special-crawlers.json` },
  { name: "GoogleFetcher", url: `${GOOGLE}/user-triggered-fetchers.json` },
  { name: "GoogleFetcher", url: `${GOOGLE}/user-triggered-fetchers-google.json` },
  { name: "Bingbot", url: "https://www.bing.com/toolbox/bingbot.json" },
  { name: "Applebot", url: "https://search.developer.apple.com/applebot.json" },
  { name: "GPTBot", url: "https://openai.com/gptbot.json" },
  { name: "OAI-SearchBot", url: "https://openai.com/searchbot.json" },
  { name: "ChatGPT-User", url: "https://openai.com/chatgpt-user.json" },
  { name: "PerplexityBot", url: "https://www.perplexity.ai/perplexitybot.json" },
  { name: "Perplexity-User", url: "https://www.perplexity.ai/perplexity-user.json" },
  { name: "DuckDuckBot", url: "https://duckduckgo.com/duckduckbot.json" },
  { name: "DuckAssistBot", url: "https://duckduckgo.com/duckassistbot.json" },
  { name: "CCBot", url: "https://index.commoncrawl.org/ccbot.json" },
];

/** Longest list, in characters. */
export const MAX_LIST = 4_000_000;
/** Most blocks in a list. */
export const MAX_BLOCKS = 50_000;
/** A crawler does not own more than these; a shorter prefix is a mistake or an attack. */
const SHORTEST = { 4: 8, 6: 20 } as const;

function blockOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const { ipv4Prefix, ipv6Prefix }: { ipv4Prefix?: unknown; ipv6Prefix?: unknown } = entry;
  const block = ipv4Prefix ?? ipv6Prefix;
  return typeof block === "string" ? block : undefined;
}

function checked(block: string): string {
  const cidr = parseCidr(block.trim());
  if (!cidr) throw new Error(`not an address block: ${JSON.stringify(block.slice(0, 64))}`);
  const length = Number(block.split("/")[1] ?? 128);
  if (length < SHORTEST[cidr.first.family]) throw new Error(`implausibly large block: ${block}`);
  return block.trim();
}

/**
 * The blocks of a published list.
 *
 * @throws Error when it is no such list, is empty, or holds something that is no plausible block.
 */
export function parseRangeList(text: string): readonly string[] {
  if (text.length > MAX_LIST) throw new Error(`longer than ${MAX_LIST} characters`);
  const data: unknown = JSON.parse(text);
  const prefixes =
    typeof data === "object" && data !== null && "prefixes" in data ? data.prefixes : data;
  if (!Array.isArray(prefixes)) throw new Error("no `prefixes`");
  if (prefixes.length > MAX_BLOCKS) throw new Error(`more than ${MAX_BLOCKS} blocks`);
  const blocks = prefixes.map(blockOf).filter((block) => block !== undefined);
  if (blocks.length === 0) throw new Error("no blocks");
  return blocks.map(checked);
}

async function read(source: RangeSource, fetch: typeof globalThis.fetch, timeout: number) {
  if (!source.url.startsWith("https://")) throw new Error("only https is read");
  const response = await fetch(source.url, { signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  return parseRangeList(await response.text());
}

/**
 * Reads the published address blocks of crawlers, for `botVerifier({ ranges })`. Never rejects; the
 * lists of one crawler count as complete only when all of them could be read.
 *
 * @example
 * const { ranges, failed } = await botsUpdate();
 */
export async function botsUpdate(options: BotsUpdateOptions = {}): Promise<BotsUpdate> {
  const { sources = rangeSources, timeout = 10_000, now = Date.now } = options;
  const fetch = options.fetch ?? globalThis.fetch;
  const results = await Promise.allSettled(sources.map((source) => read(source, fetch, timeout)));
  const failed = results.flatMap((result, at) =>
    result.status === "rejected" ? [{ ...sources[at]!, message: messageOf(result.reason) }] : [],
  );
  const names = [...new Set(sources.map((source) => source.name))];
  const ranges = names.flatMap((name): CrawlerRanges[] => {
    const blocks = results.flatMap((result, at) =>
      result.status === "fulfilled" && sources[at]!.name === name ? result.value : [],
    );
    const complete = !failed.some((each) => each.name === name);
    return blocks.length > 0 ? [{ name, ranges: [...new Set(blocks)], complete }] : [];
  });
  return { date: new Date(now()).toISOString(), ranges, failed };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
