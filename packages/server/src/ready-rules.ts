// Lists of rules that are kept ready, by what a question says of them.
import { MAX_RULE_SET_KEY, MAX_RULE_SETS } from "./limits.ts";
import type { RuleSet } from "./rule-set.ts";

export interface ReadyRules {
  /** The list of this name, made if it is not there; one with a very long name is made each time. */
  get(name: string, make: () => RuleSet): RuleSet;
}

/** As many lists as there may be; the one that was not asked for the longest goes first. */
export function createReadyRules(): ReadyRules {
  /** In the order in which they were asked for. */
  const ready = new Map<string, RuleSet>();
  let lastName = "";
  let last: RuleSet | undefined;

  const keep = (name: string, ruleSet: RuleSet): RuleSet => {
    ready.delete(name);
    ready.set(name, ruleSet);
    if (ready.size > MAX_RULE_SETS)
      for (const oldest of ready.keys()) {
        ready.delete(oldest);
        break;
      }
    lastName = name;
    last = ruleSet;
    return ruleSet;
  };
  return {
    get: (name, make) => {
      // Most questions ask for the same as the one before.
      if (last !== undefined && name === lastName) return last;
      const known = ready.get(name);
      if (known) return keep(name, known);
      const made = make();
      return name.length > MAX_RULE_SET_KEY ? made : keep(name, made);
    },
  };
}
