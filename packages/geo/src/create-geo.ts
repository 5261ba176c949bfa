// Several providers as one function from an address to facts, which is what the engine asks.
import { type Ip, type IpFacts, type IpLookup, parseIp } from "@arcjet/ip";
import type { Draft } from "./compact.ts";
import { GeoError } from "./geo-error.ts";
import { applyPrecedence, mergeFacts } from "./merge.ts";
import { continentName, countryNamer } from "./names.ts";
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

type Answer = IpFacts | undefined;

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
  const warned = new Set<string>();
  const warnOnce = (key: string, message: string) => {
    if (warned.has(key)) return;
    warned.add(key);
    warn(message);
  };
  const ask = (provider: GeoProvider, ip: Ip): Answer | Promise<Answer> => {
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
  const finish = finisher(list, options);
  let lookups = 0;
  const checkAge = () => warnStale(list, now(), warnOnce);
  checkAge();

  const lookup = (text: string): Answer | Promise<Answer> => {
    if (++lookups % LOOKUPS_PER_CHECK === 0) checkAge();
    const ip = parseIp(text);
    if (ip === undefined) return undefined;
    const answers = list.map((provider) => ask(provider, ip));
    return isSettled(answers) ? finish(answers) : Promise.all(answers).then(finish);
  };
  const explain: Geo["explain"] = async (text) => {
    const ip = parseIp(text);
    if (ip === undefined) return {};
    const answers = await Promise.all(list.map((provider) => ask(provider, ip)));
    return origins(list, answers, finish(answers));
  };
  return Object.assign(lookup, {
    sources: () => list.map(({ source }) => source),
    explain,
    dispose: () => {
      for (const provider of list) provider.dispose();
    },
  });
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

/** Makes the step from answers to the one that is given out. */
function finisher(
  providers: readonly GeoProvider[],
  { timezone }: GeoOptions,
): (answers: readonly Answer[]) => Answer {
  const nameCountry = countryNamer();
  const covered = new Set(providers.flatMap(({ covers = [] }) => covers));
  // Providers give out the same object for all addresses it is true of.
  const finished = new WeakMap<IpFacts, IpFacts>();
  const complete = (facts: Draft): IpFacts => {
    applyPrecedence(facts);
    for (const flag of covered) facts[flag] ??= false;
    const country = facts.country === undefined ? undefined : nameCountry(facts.country);
    if (country !== undefined) {
      if (country.name !== undefined) facts.countryName ??= country.name;
      if (country.continent !== undefined) facts.continent ??= country.continent;
      facts.isEuMember ??= country.isEuMember;
    }
    const continent = facts.continent === undefined ? undefined : continentName(facts.continent);
    if (continent !== undefined) facts.continentName ??= continent;
    if (facts.latitude !== undefined && facts.longitude !== undefined) {
      const zone = facts.timezone ?? timezone?.(facts.latitude, facts.longitude);
      if (zone !== undefined) facts.timezone = zone;
    }
    return Object.freeze(facts);
  };
  return (answers) => {
    const known = answers.filter((answer) => answer !== undefined);
    const [only] = known;
    if (only === undefined) return covered.size === 0 ? undefined : complete({});
    if (known.length > 1) return complete(mergeFacts(known));
    const before = finished.get(only);
    if (before !== undefined) return before;
    const facts = complete({ ...only });
    finished.set(only, facts);
    return facts;
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

function warnStale(
  providers: readonly GeoProvider[],
  now: number,
  warnOnce: (key: string, message: string) => void,
): void {
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
