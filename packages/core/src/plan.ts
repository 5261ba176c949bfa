/**
 * What is fixed when a client is built: the order in which its rules run, their ids, and which
 * limiters share one record. Rules of one layer (those given to `arcjet()`, then those of each
 * `withRule()`) form groups of their own, so that a limiter counts the same in every client that has it.
 */
import type { RateLimitSpec, RuleType } from "@arcjet/protocol";
import { createHasher, type Fingerprint, type LimitGroup } from "@arcjet/rate-limit";
import type { Question } from "./charges.ts";
import type { RuleResult } from "./decision.ts";
import { compileIdentity, type Identify } from "./identity.ts";
import type { Rule } from "./rule.ts";
import { toLimit } from "./to-limit.ts";

const PRIORITY: Readonly<Record<RuleType, number>> = {
  SENSITIVE_INFO: 1,
  FILTER: 2,
  SHIELD: 3,
  RATE_LIMIT: 4,
  BOT: 5,
  EMAIL: 6,
  PROMPT_INJECTION_DETECTION: 7,
  CUSTOM: 8,
};
/** Whether a text names a kind of rule. */
export const isRuleType = (text: unknown): text is RuleType =>
  typeof text === "string" && Object.hasOwn(PRIORITY, text);

/** Rules after this one wait for the answers of the store. */
export const LAST_COUNTING = PRIORITY.RATE_LIMIT;

/** Limiters that count the same characteristics in one record. */
export interface PlannedGroup {
  readonly group: LimitGroup;
  readonly names: readonly string[];
  readonly identify: Identify;
  /** One 0 for each limit: the template of a charge. */
  readonly nothing: readonly number[];
}

export interface PlannedRule {
  readonly rule: Rule<never>;
  /** The properties it depends on, those it is counted by among them. */
  readonly reads: readonly string[];
  readonly id: string;
  readonly type: RuleType;
  readonly live: boolean;
  readonly priority: number;
  /** Place in the declared order, which is the order of the results. */
  readonly index: number;
  /** For limiters: the group, and the place in it. */
  readonly group: PlannedGroup | undefined;
  readonly slot: number;
}

export interface Plan {
  /** In the order of evaluation. */
  readonly rules: readonly PlannedRule[];
  readonly groups: readonly PlannedGroup[];
  /** Places of the rules in the declared order. */
  readonly indexOf: ReadonlyMap<Rule<never>, number>;
  /** One gap for each rule: the templates of what an evaluation fills. */
  readonly noResults: readonly RuleResult[];
  readonly noQuestions: readonly (Question | undefined)[];
  /** Identity by the client's own characteristics. */
  readonly identify: Identify;
  /** Identity by the characteristics a rule names; an empty list means the client's own. */
  readonly identifyBy: (names: readonly string[]) => Identify;
}

export interface PlanOptions {
  /** Hashes identities with the secret of the client or of its store. */
  readonly hash: (text: string) => Fingerprint;
  /** Characteristics of rules that name none. */
  readonly characteristics: readonly string[];
}

/** Plans the rules of a client, layer by layer. */
export function planRules(layers: readonly (readonly Rule<never>[])[], options: PlanOptions): Plan {
  const planned: PlannedRule[] = [];
  const groups: PlannedGroup[] = [];
  for (const layer of layers) {
    const layerGroups = groupLimiters(layer, options);
    groups.push(...layerGroups.values());
    const filled = new Map<PlannedGroup, number>();
    for (const rule of layer) {
      const group =
        rule.spec.type === "RATE_LIMIT" ? layerGroups.get(groupKey(rule.spec, options)) : undefined;
      const slot = group ? (filled.get(group) ?? 0) : -1;
      if (group) filled.set(group, slot + 1);
      const names = group?.names ?? (rule.spec.type === "SHIELD" ? options.characteristics : []);
      const reads = [...new Set(["ipSrc", ...rule.reads, ...names])];
      planned.push({ ...planRule(rule, planned.length, group, slot), reads });
    }
  }
  const rules = planned.toSorted((a, b) => a.priority - b.priority || a.index - b.index);
  const identify = compileIdentity(options.characteristics, options.hash, "arcjet");
  const indexOf = new Map(planned.map(({ rule, index }) => [rule, index]));
  const noResults: RuleResult[] = Array.from({ length: planned.length });
  return {
    rules,
    groups,
    indexOf,
    noResults,
    noQuestions: planned.map(() => undefined),
    identify,
    identifyBy: createIdentifyBy(identify, options),
  };
}

/** Compiles each list once; the lists come from rules, so there are few. */
function createIdentifyBy(own: Identify, { hash }: PlanOptions): Plan["identifyBy"] {
  const compiled = new Map<string, Identify>();
  return (names) => {
    if (names.length === 0) return own;
    const key = names.join("\n");
    const known = compiled.get(key);
    if (known) return known;
    const made = compileIdentity(names, hash, "arcjet");
    compiled.set(key, made);
    return made;
  };
}

function planRule(
  rule: Rule<never>,
  index: number,
  group: PlannedGroup | undefined,
  slot: number,
): Omit<PlannedRule, "reads"> {
  const { spec } = rule;
  return {
    rule,
    index,
    group,
    slot,
    id: shortId(JSON.stringify(spec)),
    type: spec.type,
    live: spec.mode === "LIVE",
    priority: PRIORITY[spec.type],
  };
}

/** Ids are the same in every process, so they are hashed with a key that everybody knows. */
const PUBLIC_KEY = "arcjet rule id";

function shortId(text: string): string {
  const { high, low } = createHasher(PUBLIC_KEY)(text);
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}

const namesOf = (spec: RateLimitSpec, { characteristics }: PlanOptions): readonly string[] =>
  [...new Set(spec.characteristics.length > 0 ? spec.characteristics : characteristics)].toSorted();

const groupKey = (spec: RateLimitSpec, options: PlanOptions): string =>
  JSON.stringify(namesOf(spec, options));

function groupLimiters(
  layer: readonly Rule<never>[],
  options: PlanOptions,
): Map<string, PlannedGroup> {
  const specs = new Map<string, RateLimitSpec[]>();
  for (const { spec } of layer) {
    if (spec.type !== "RATE_LIMIT") continue;
    const key = groupKey(spec, options);
    specs.set(key, [...(specs.get(key) ?? []), spec]);
  }
  const groups = new Map<string, PlannedGroup>();
  for (const [key, members] of specs) {
    const names = namesOf(members[0]!, options);
    const limits = members.map(toLimit);
    const live = members.map((spec) => spec.mode === "LIVE");
    groups.set(key, {
      names,
      identify: compileIdentity(names, options.hash, "rate limit"),
      nothing: members.map(() => 0),
      group: {
        // The modes are part of it: a rule in DRY_RUN counts apart from the same rule in LIVE.
        id: shortId(JSON.stringify([names, limits, live])),
        limits,
        live,
      },
    });
  }
  return groups;
}
