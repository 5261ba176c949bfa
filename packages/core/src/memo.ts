/**
 * Remembers what the rules of one client family said of a request, so that a rule runs once however
 * many middlewares see the request. A rule runs again when a property it reads has changed since, or
 * when the caller asks for units itself with `requested`.
 */
import type { RuleResult } from "./decision.ts";
import type { Rule } from "./rule.ts";

type Props = Readonly<Record<string, unknown>>;

/** Results of one request, and the properties they were made with. */
export type Memo = Map<Rule<never>, { readonly result: RuleResult; readonly props: Props }>;

const CHARGES_AGAIN = "requested";

/** The remembered result of a rule, when it still holds for these properties. */
export function recall(memo: Memo, rule: Rule<never>, props: Props): RuleResult | undefined {
  const entry = memo.get(rule);
  if (entry === undefined) return undefined;
  for (const name of rule.reads) {
    if (name === CHARGES_AGAIN ? props[name] !== undefined : props[name] !== entry.props[name])
      return undefined;
  }
  return entry.result;
}
