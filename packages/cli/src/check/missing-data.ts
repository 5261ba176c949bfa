/** Facts about addresses that rules read and that nothing, or nothing recent, provides. */
import type { ArcjetOptions } from "@arcjet/core";
import { STALE_DAYS, type FlagField, type GeoProvider } from "@arcjet/geo";
import type { FilterSpec, RuleSpec } from "@arcjet/protocol";
import { fieldsOf } from "../filter-fields.ts";
import type { Problem } from "./problem.ts";

const DAY_MS = 86_400_000;
/** Yes or no questions that only a list can answer. */
const LISTED: ReadonlyMap<string, FlagField> = new Map([
  ["ip.src.tor", "isTor"],
  ["ip.src.vpn", "isVpn"],
  ["ip.src.proxy", "isProxy"],
  ["ip.src.relay", "isRelay"],
]);

interface Reader {
  readonly rule: number;
  readonly spec: FilterSpec;
  readonly fields: readonly string[];
}

/** Filters that read facts about addresses, and which. */
function readersOf(specs: readonly RuleSpec[]): readonly Reader[] {
  return specs.flatMap((spec, rule) => {
    if (spec.type !== "FILTER") return [];
    const names = (spec.deny ?? spec.allow ?? []).flatMap(fieldsOf);
    const fields = [...new Set(names)].filter((name) => name.startsWith("ip.src."));
    return fields.length === 0 ? [] : [{ rule, spec, fields }];
  });
}

/** The providers of the `geo` option; undefined for a function, of which nothing can be said. */
function providersOf(geo: ArcjetOptions["geo"]): readonly GeoProvider[] | undefined {
  if (typeof geo === "function") return undefined;
  return geo === undefined ? [] : [geo].flat();
}

function nothingKnown({ rule, spec, fields }: Reader): Problem {
  const effect = spec.deny ? "never matches" : "is an error for every request";
  const message = `reads ${fields.join(", ")}, which nothing knows, so it ${effect}: give \`geo\` a source, such as pack() of @arcjet/geo-data`;
  return { level: "error", rule, message };
}

function notListed(reader: Reader, providers: readonly GeoProvider[]): readonly Problem[] {
  const { rule, fields } = reader;
  // A provider that does not say what it covers may know anything.
  if (providers.some(({ covers }) => covers === undefined)) return [];
  const covered = new Set(
    providers.flatMap(({ covers }) => [covers?.v4 ?? [], covers?.v6 ?? []].flat()),
  );
  return fields.flatMap((name): readonly Problem[] => {
    const flag = LISTED.get(name);
    if (flag === undefined || covered.has(flag)) return [];
    const kind = name.slice("ip.src.".length);
    const message = `reads ${name}, and no source of \`geo\` has a list of it: add one, such as cidrList({ ${kind}: "./${kind}.txt" }), or a pack that \`arcjet data update\` makes`;
    return [{ level: "warning", rule, message }];
  });
}

function stale(providers: readonly GeoProvider[], now: number): readonly Problem[] {
  return providers.flatMap(({ source: { name, date } }): readonly Problem[] => {
    const days = Math.floor((now - Date.parse(date ?? "")) / DAY_MS);
    if (!(days > STALE_DAYS)) return [];
    const message = `the IP data of ${name} is ${days} days old (${date}): update it, for example with \`arcjet data update\``;
    return [{ level: "warning", message }];
  });
}

/** What is missing of the facts that filters read. */
export function findMissingData(
  specs: readonly RuleSpec[],
  { geo }: ArcjetOptions,
  now: number,
): readonly Problem[] {
  const readers = readersOf(specs);
  const providers = providersOf(geo);
  if (providers === undefined || readers.length === 0) return [];
  if (providers.length === 0) return readers.map(nothingKnown);
  return [...readers.flatMap((reader) => notListed(reader, providers)), ...stale(providers, now)];
}
