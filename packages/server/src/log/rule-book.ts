// Rules are stored once and named by a hash of what they are. A rule is an object that lives as long as its
// client, so the hash is worked out once for each.
import { createHash } from "node:crypto";
import type { RuleSpec } from "@arcjet/protocol";
import type { RuleBook, RuleEntry } from "./entry.ts";

/** Characters of the hash; rules of one log are far fewer than its square root. */
const KEY_LENGTH = 16;
/** Characters of a rule that are stored. */
const MAX_SPEC = 20_000;

/** A rule book that also says which rules were named since it was last asked. */
export interface BatchBook extends RuleBook {
  take(): readonly RuleEntry[];
}

function entryOf(spec: RuleSpec): RuleEntry {
  const text = JSON.stringify(spec);
  const key = createHash("sha256").update(text).digest("hex").slice(0, KEY_LENGTH);
  const { type, mode } = spec;
  const kept = text.length > MAX_SPEC ? JSON.stringify({ type, mode, cut: true }) : text;
  return { key, type, mode, spec: kept };
}

export function createRuleBook(): BatchBook {
  const known = new WeakMap<RuleSpec, RuleEntry>();
  let named = new Map<string, RuleEntry>();
  return {
    keyOf: (spec) => {
      if (spec === undefined) return "";
      let entry = known.get(spec);
      if (entry === undefined) known.set(spec, (entry = entryOf(spec)));
      named.set(entry.key, entry);
      return entry.key;
    },
    take: () => {
      const taken = [...named.values()];
      named = new Map();
      return taken;
    },
  };
}
