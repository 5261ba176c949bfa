// The step from the answers of providers to the one that is given out.
import { type Ip, type IpFacts, isMapped } from "@arcjet/ip";
import type { Draft } from "./compact.ts";
import { applyPrecedence, mergeFacts } from "./merge.ts";
import { continentName, countryNamer } from "./names.ts";
import type { FlagField, GeoProvider } from "./provider.ts";
import { type SlotCache, slotCache } from "./slot-cache.ts";

/** What one provider says. */
export type Answer = IpFacts | undefined;

type ZoneOf = (latitude: number, longitude: number) => string | undefined;

/** Answers completed before; providers share one object among many addresses. */
interface Finished {
  readonly flags: readonly FlagField[];
  readonly nothing: Answer;
  /** What one provider alone said. */
  readonly known: WeakMap<IpFacts, IpFacts>;
  /** What several said, by network. */
  readonly joined: SlotCache<Joined>;
}

interface Joined {
  readonly answers: readonly IpFacts[];
  readonly facts: IpFacts;
}

/** 2 to the power of this many joined answers are kept for each family. */
const JOINED_BITS = 12;

/** Makes that step: joins, orders flags, adds names and what is known to be false. */
export function finisher(
  providers: readonly GeoProvider[],
  timezone: ZoneOf | undefined,
): (answers: readonly Answer[], ip: Ip) => Answer {
  const complete = completer(timezone);
  const finishedOf = remembered(providers, complete);
  return (answers, ip) => {
    const { flags, known, nothing, joined } = finishedOf(ip);
    const told = answers.filter((answer) => answer !== undefined);
    const [only] = told;
    if (only === undefined) return nothing;
    if (told.length > 1) {
      const key = networkOf(ip);
      const last = joined.get(key);
      // The same answers were joined before: the result is the same, whatever the address.
      if (last !== undefined && isSame(last.answers, told)) return last.facts;
      return joined.set(key, { answers: told, facts: complete(mergeFacts(told), flags) }).facts;
    }
    const before = known.get(only);
    if (before !== undefined) return before;
    const facts = complete({ ...only }, flags);
    known.set(only, facts);
    return facts;
  };
}

/** A number for the /24 or /64 an address lies in; others may have the same. */
function networkOf(ip: Ip): number {
  return ip.family === 4 || isMapped(ip) ? ip.w3 >>> 8 : (ip.w0 ^ Math.imul(ip.w1, 31)) >>> 0;
}

function isSame(a: readonly IpFacts[], b: readonly IpFacts[]): boolean {
  return a.length === b.length && a.every((facts, i) => facts === b[i]);
}

/** What is remembered by family; begun anew when a provider covers other flags than before. */
function remembered(
  providers: readonly GeoProvider[],
  complete: (facts: Draft, flags: readonly FlagField[]) => IpFacts,
): (ip: Ip) => Finished {
  const begin = (family: "v4" | "v6"): Finished => {
    const flags = [...new Set(providers.flatMap(({ covers }) => covers?.[family] ?? []))];
    const nothing = flags.length === 0 ? undefined : complete({}, flags);
    return { flags, nothing, known: new WeakMap(), joined: slotCache(JOINED_BITS) };
  };
  let covers = providers.map((provider) => provider.covers);
  let v4 = begin("v4");
  let v6 = begin("v6");
  return (ip) => {
    for (let i = 0; i < providers.length; i++) {
      if (providers[i]?.covers === covers[i]) continue;
      covers = providers.map((provider) => provider.covers);
      v4 = begin("v4");
      v6 = begin("v6");
      break;
    }
    return ip.family === 4 || isMapped(ip) ? v4 : v6;
  };
}

function completer(timezone: ZoneOf | undefined) {
  const nameCountry = countryNamer();
  return (facts: Draft, flags: readonly FlagField[]): IpFacts => {
    applyPrecedence(facts);
    for (const flag of flags) facts[flag] ??= false;
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
}
