// Rules are stored once and named by a hash of what they are. A rule is an object that lives as long as its
// client, as is the list it stands in, so both are looked at once.
import { createHash } from "node:crypto";
import type { RuleSpec } from "@arcjet/protocol";
import type { RuleEntry } from "./entry.ts";
import { silenceOf, type NamedRules } from "./results.ts";

/** Characters of the hash; rules of one log are far fewer than its square root. */
const KEY_LENGTH = 16;
/** Characters of a rule that are stored. */
const MAX_SPEC = 20_000;

type Specs = readonly (RuleSpec | undefined)[];

/** Names the rules of decisions, and says which were named since it was last asked. */
export interface RuleBook {
  rulesOf(specs: Specs): NamedRules;
  take(): readonly RuleEntry[];
}

interface Listed extends NamedRules {
  readonly rules: readonly (RuleEntry | undefined)[];
}

function entryOf(spec: RuleSpec): RuleEntry {
  const text = JSON.stringify(spec);
  const key = createHash("sha256").update(text).digest("hex").slice(0, KEY_LENGTH);
  const { type, mode } = spec;
  const kept = text.length > MAX_SPEC ? JSON.stringify({ type, mode, cut: true }) : text;
  return { key, type, mode, spec: kept };
}

export function createRuleBook(): RuleBook {
  const known = new WeakMap<RuleSpec, RuleEntry>();
  const lists = new WeakMap<Specs, Listed>();
  let named = new Set<Listed>();
  /** The list that was last named: most decisions are made by the rules of the one before. */
  let last: { readonly specs: Specs; readonly listed: Listed } | undefined;

  const entry = (spec: RuleSpec): RuleEntry => {
    let found = known.get(spec);
    if (found === undefined) known.set(spec, (found = entryOf(spec)));
    return found;
  };
  const listOf = (specs: Specs): Listed => {
    let listed = lists.get(specs);
    if (listed === undefined) {
      const rules = specs.map((spec) => spec && entry(spec));
      lists.set(specs, (listed = { rules, silence: silenceOf(rules) }));
    }
    return listed;
  };
  return {
    rulesOf: (specs) => {
      if (last?.specs === specs) return last.listed;
      const listed = listOf(specs);
      named.add(listed);
      last = { specs, listed };
      return listed;
    },
    take: () => {
      const entries = [...named].flatMap(({ rules }) => rules.flatMap((rule) => rule ?? []));
      named = new Set();
      last = undefined;
      return [...new Map(entries.map((one) => [one.key, one])).values()];
    },
  };
}
