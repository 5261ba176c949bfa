/** Rules that never decide, because another one always has. Only what is certain is reported. */
import { expandBotList, listBots } from "@arcjet/bots";
import { format, parse } from "@arcjet/filter";
import type { BotSpec, FilterSpec, RateLimitSpec, RuleSpec } from "@arcjet/protocol";
import type { Problem } from "./problem.ts";

/** The bots that a rule denies. */
function deniedBots({ allow, deny }: BotSpec): ReadonlySet<string> {
  if (deny) return expandBotList(deny);
  const allowed = expandBotList(allow ?? []);
  return new Set(listBots().filter((id) => !allowed.has(id)));
}

function coversBot(one: BotSpec, other: BotSpec): boolean {
  if (other.denySpoofed && !one.denySpoofed) return false;
  if (other.missingUserAgent === "deny" && one.missingUserAgent !== "deny") return false;
  const denied = deniedBots(one);
  return [...deniedBots(other)].every((id) => denied.has(id));
}

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.toSorted().join("\n") === other.toSorted().join("\n");

/** Limits with the same windows: what the larger one would deny, the smaller one has denied. */
function coversLimit(one: RateLimitSpec, other: RateLimitSpec): boolean {
  if (!sameNames(one.characteristics, other.characteristics)) return false;
  if (one.algorithm === "TOKEN_BUCKET" && other.algorithm === "TOKEN_BUCKET")
    return (
      one.interval === other.interval &&
      one.refill === other.refill &&
      one.capacity <= other.capacity &&
      one.refillRate <= other.refillRate
    );
  if (one.algorithm === "FIXED_WINDOW" && other.algorithm === "FIXED_WINDOW")
    return one.window === other.window && one.anchor === other.anchor && one.max <= other.max;
  if (one.algorithm === "SLIDING_WINDOW" && other.algorithm === "SLIDING_WINDOW")
    return one.interval === other.interval && one.max <= other.max;
  return false;
}

const spellings = (expressions: readonly string[] | undefined): readonly string[] =>
  (expressions ?? []).map((text) => format(parse(text)));

function coversFilter(one: FilterSpec, other: FilterSpec): boolean {
  if (one.deny && other.deny) {
    const denied = spellings(one.deny);
    return spellings(other.deny).every((text) => denied.includes(text));
  }
  if (!one.allow || !other.allow) return false;
  const allowed = spellings(other.allow);
  return spellings(one.allow).every((text) => allowed.includes(text));
}

/** Whether the first rule denies whatever the second would. */
function covers(one: RuleSpec, other: RuleSpec): boolean {
  if (one.type === "BOT" && other.type === "BOT") return coversBot(one, other);
  if (one.type === "FILTER" && other.type === "FILTER") return coversFilter(one, other);
  if (one.type === "RATE_LIMIT" && other.type === "RATE_LIMIT") return coversLimit(one, other);
  return false;
}

/** Live rules that another live rule of their type makes needless; of two equal ones the later. */
export function findUnreachable(specs: readonly RuleSpec[]): readonly Problem[] {
  const live = specs.flatMap((spec, index) => (spec.mode === "LIVE" ? [{ spec, index }] : []));
  return live.flatMap(({ spec, index }): readonly Problem[] => {
    const by = live.find(
      (other) =>
        other.index !== index &&
        covers(other.spec, spec) &&
        (other.index < index || !covers(spec, other.spec)),
    );
    if (by === undefined) return [];
    const message = `never decides: rule ${by.index} denies whatever it would; take it out, or make them differ`;
    return [{ level: "warning", rule: index, message }];
  });
}

/** Rules that deny nothing at all. */
export function findEmpty(specs: readonly RuleSpec[]): readonly Problem[] {
  return specs.flatMap((spec, rule): readonly Problem[] => {
    if (spec.type !== "BOT" && spec.type !== "EMAIL") return [];
    if (spec.deny?.length !== 0) return [];
    if (spec.type === "BOT" && (spec.denySpoofed || spec.missingUserAgent === "deny")) return [];
    const message = "denies nothing: its `deny` list is empty; name what it should deny";
    return [{ level: "warning", rule, message }];
  });
}
