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
    if (isRule(rule)) return rule;
    throw new TypeError(
      `\`arcjet\` options error: \`rules[${index}]\` is no rule; call its factory, such as shield({ mode: "LIVE" })`,
    );
  });
}

function isRule(value: unknown): value is Rule<never> {
  return (
    typeof value === "object" &&
    value !== null &&
    "spec" in value &&
    "evaluate" in value &&
    typeof value.evaluate === "function"
  );
}
