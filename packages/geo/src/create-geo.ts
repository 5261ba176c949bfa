// Several providers as one function from an address to facts, which is what the engine asks.
import { type Ip, type IpFacts, type IpLookup, parseIp } from "@arcjet/ip";
import { type Answer, finisher } from "./finish.ts";
import { GeoError } from "./geo-error.ts";
import type { GeoProvider, GeoSource } from "./provider.ts";

/** Data older than this is warned of. */
export const STALE_DAYS = 30;
const DAY_MS = 86_400_000;
/** Lookups between two looks at the age of the data. */
const LOOKUPS_PER_CHECK = 65_536;

/** How providers are joined. */
export interface GeoOptions {
  /** IANA zone of coordinates, used where no provider names a zone; see `@arcjet/geo/timezone`. */
  readonly timezone?: (latitude: number, longitude: number) => string | undefined;
  /** Told once of stale data and of each provider that fails. Default: `console.warn`. */
  readonly warn?: (message: string) => void;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** Where a field of an answer comes from. */
export interface FactOrigin {
  readonly value: IpFacts[keyof IpFacts];
  /** Undefined for what was derived from other fields. */
  readonly source: GeoSource | undefined;
}

/** A lookup over providers. */
export interface Geo extends IpLookup {
  /** Where the data comes from, in order. */
  sources(): readonly GeoSource[];
  /** What is known about an address, and for each field which source says so. */
  explain(ip: string): Promise<Readonly<Partial<Record<keyof IpFacts, FactOrigin>>>>;
  /** Stops watching files. */
  dispose(): void;
}

/**
 * Joins providers into one lookup. For each field the first provider that knows it wins; country and
 * continent names, EU membership and the time zone are added. A provider that fails is left out.
 *
 * @example
 * const geo = createGeo([mmdb("./GeoLite2-City.mmdb"), cidrList({ vpn: "./vpn.txt" })]);
 * const facts = await geo("192.0.2.1");
 */
export function createGeo(
  providers: GeoProvider | readonly GeoProvider[],
  options: GeoOptions = {},
): Geo {
  const list = checkProviders(providers);
  const { warn = (message) => console.warn(message), now = Date.now } = options;
  const warnOnce = onceFor(warn);
  const ask = asker(warnOnce);
  const finish = finisher(list, options.timezone);
  let lookups = 0;
  const checkAge = () => warnStale(list, now(), warnOnce);
  checkAge();

  const lookup = (text: string): Answer | Promise<Answer> => {
    if (++lookups % LOOKUPS_PER_CHECK === 0) checkAge();
    const ip = parseIp(text);
    if (ip === undefined) return undefined;
    const answers = list.map((provider) => ask(provider, ip));
    if (isSettled(answers)) return finish(answers, ip);
    return Promise.all(answers).then((settled) => finish(settled, ip));
  };
  const explain: Geo["explain"] = async (text) => {
    const ip = parseIp(text);
    if (ip === undefined) return {};
    const answers = await Promise.all(list.map((provider) => ask(provider, ip)));
    return origins(list, answers, finish(answers, ip));
  };
  return Object.assign(lookup, {
    sources: () => list.map(({ source }) => source),
    explain,
    dispose: () => {
      for (const provider of list) provider.dispose();
    },
  });
}

/** Tells of a thing once, by its key. */
type WarnOnce = (key: string, message: string) => void;

function onceFor(warn: (message: string) => void): WarnOnce {
  const warned = new Set<string>();
  return (key, message) => {
    if (warned.has(key)) return;
    warned.add(key);
    warn(message);
  };
}

function checkProviders(providers: GeoProvider | readonly GeoProvider[]): readonly GeoProvider[] {
  const list = Array.isArray(providers) ? providers : [providers];
  for (const provider of list)
    if (typeof provider?.lookup !== "function" || typeof provider.dispose !== "function")
      throw new GeoError(
        "INVALID_OPTION",
        "`providers` holds something that is no provider: use mmdb(), cidrList(), openPack() or custom()",
      );
  return list;
}

/** Makes the function that asks a provider; one that fails is told of once and knows nothing. */
function asker(warnOnce: WarnOnce) {
  return (provider: GeoProvider, ip: Ip): Answer | Promise<Answer> => {
    const failed = (error: unknown) => {
      const { name } = provider.source;
      warnOnce(`failed ${name}`, `the IP data provider ${name} failed: ${String(error)}`);
      return undefined;
    };
    try {
      const answer = provider.lookup(ip);
      return answer instanceof Promise ? answer.catch(failed) : answer;
    } catch (error) {
      return failed(error);
    }
  };
}

function isSettled(answers: readonly (Answer | Promise<Answer>)[]): answers is readonly Answer[] {
  return !answers.some((answer) => answer instanceof Promise);
}

function origins(
  providers: readonly GeoProvider[],
  answers: readonly Answer[],
  facts: Answer,
): Partial<Record<keyof IpFacts, FactOrigin>> {
  const out: Partial<Record<keyof IpFacts, FactOrigin>> = {};
  // The facts hold only fields of IpFacts, which Object.keys forgets.
  for (const field of Object.keys(facts ?? {}) as (keyof IpFacts)[]) {
    const value = facts?.[field];
    const at = answers.findIndex((answer) => answer?.[field] === value);
    out[field] = { value, source: providers[at]?.source };
  }
  return out;
}

function warnStale(providers: readonly GeoProvider[], now: number, warnOnce: WarnOnce): void {
  for (const { source } of providers) {
    const made = Date.parse(source.date ?? "");
    if (Number.isNaN(made) || now - made <= STALE_DAYS * DAY_MS) continue;
    const days = Math.floor((now - made) / DAY_MS);
    warnOnce(
      `stale ${source.name}`,
      `the IP data of ${source.name} is ${days} days old (${source.date}): update it, for example with \`arcjet data update\``,
    );
  }
}
