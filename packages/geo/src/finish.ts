// The step from the answers of providers to the one that is given out.
import { type Ip, type IpFacts, isMapped } from "@arcjet/ip";
import type { Draft } from "./compact.ts";
import { applyPrecedence, mergeFacts } from "./merge.ts";
import { continentName, countryNamer } from "./names.ts";
import type { FlagField, GeoProvider } from "./provider.ts";

/** What one provider says. */
export type Answer = IpFacts | undefined;

type ZoneOf = (latitude: number, longitude: number) => string | undefined;

/** Answers that one provider alone gave, completed; providers share one object among many addresses. */
interface Finished {
  readonly flags: readonly FlagField[];
  readonly known: WeakMap<IpFacts, IpFacts>;
  readonly nothing: Answer;
}

/** Makes that step: joins, orders flags, adds names and what is known to be false. */
export function finisher(
  providers: readonly GeoProvider[],
  timezone: ZoneOf | undefined,
): (answers: readonly Answer[], ip: Ip) => Answer {
  const complete = completer(timezone);
  const finishedOf = remembered(providers, complete);
  return (answers, ip) => {
    const { flags, known, nothing } = finishedOf(ip);
    const told = answers.filter((answer) => answer !== undefined);
    const [only] = told;
    if (only === undefined) return nothing;
    if (told.length > 1) return complete(mergeFacts(told), flags);
    const before = known.get(only);
    if (before !== undefined) return before;
    const facts = complete({ ...only }, flags);
    known.set(only, facts);
    return facts;
  };
}

/** What is remembered by family; begun anew when a provider covers other flags than before. */
function remembered(
  providers: readonly GeoProvider[],
  complete: (facts: Draft, flags: readonly FlagField[]) => IpFacts,
): (ip: Ip) => Finished {
  const begin = (family: "v4" | "v6"): Finished => {
    const flags = [...new Set(providers.flatMap(({ covers }) => covers?.[family] ?? []))];
    const nothing = flags.length === 0 ? undefined : complete({}, flags);
    return { flags, known: new WeakMap(), nothing };
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
