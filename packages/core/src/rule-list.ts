import { isRuleType } from "./plan.ts";
import type { Rule } from "./rule.ts";

/** A rule, or a list of rules such as `protectSignup()` gives. */
export type RuleInput = Rule<never> | readonly Rule<never>[];

type Member<R> = R extends readonly (infer One)[] ? One : R;
type Contexts<R> = R extends Rule<infer Props> ? (props: Props) => void : never;

/** The properties that all of these rules together read. */
export type PropsOf<Rules extends readonly RuleInput[]> = [Rules[number]] extends [never]
  ? unknown
  : Contexts<Member<Rules[number]>> extends (props: infer Props) => void
    ? Props
    : never;

/** Rules one client may hold when it decides by itself. */
export const MAX_RULES = 100;

/**
 * Flattens a list of rules.
 *
 * @throws TypeError when the list or a member is no rule, or there are more than 100.
 */
export function checkRules(rules: unknown, already = 0): readonly Rule<never>[] {
  if (!Array.isArray(rules))
    throw new TypeError(
      '`arcjet` options error: `rules` is required; give a list such as [shield({ mode: "LIVE" })]',
    );
  const flat: unknown[] = rules.flat();
  const total = already + flat.length;
  if (total > MAX_RULES)
    throw new TypeError(
      `\`arcjet\` options error: ${total} rules are given, at most ${MAX_RULES} may be; join some of them`,
    );
  return flat.map((rule, index) => {
    const fault = faultOf(rule);
    if (fault === undefined) return rule as Rule<never>;
    throw new TypeError(`\`arcjet\` options error: \`rules[${index}]\` is no rule: ${fault}`);
  });
}

/** What keeps a value from being a rule, and the remedy; nothing when it is one. */
function faultOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("evaluate" in value))
    return 'call its factory, such as shield({ mode: "LIVE" })';
  const { spec, reads, evaluate }: { spec?: unknown; reads?: unknown; evaluate: unknown } = value;
  if (typeof evaluate !== "function") return "`evaluate` has to be a function of the context";
  if (!Array.isArray(reads) || !reads.every((name) => typeof name === "string"))
    return "`reads` has to be the list of the properties it reads, [] when there are none";
  const { type, mode } = Object(spec) as { readonly type?: unknown; readonly mode?: unknown };
  if (!isRuleType(type))
    return '`spec.type` has to be the kind of rule, "CUSTOM" for one of your own';
  if (mode !== "LIVE" && mode !== "DRY_RUN") return '`spec.mode` has to be "LIVE" or "DRY_RUN"';
  return undefined;
}
