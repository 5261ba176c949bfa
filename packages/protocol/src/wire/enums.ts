import {
  Conclusion as WireConclusion,
  EmailType as WireEmailType,
  Mode as WireMode,
  RuleState as WireRuleState,
  RuleType as WireRuleType,
} from "../gen/decide/v1alpha1/decide_pb.js";
import type { Conclusion, Mode, RuleState } from "../mode.ts";
import type { EmailType, RuleType } from "../spec.ts";

const CONCLUSIONS = {
  ALLOW: WireConclusion.ALLOW,
  DENY: WireConclusion.DENY,
  CHALLENGE: WireConclusion.CHALLENGE,
  ERROR: WireConclusion.ERROR,
} as const satisfies Record<Conclusion, WireConclusion>;

const STATES = {
  RUN: WireRuleState.RUN,
  NOT_RUN: WireRuleState.NOT_RUN,
  DRY_RUN: WireRuleState.DRY_RUN,
  CACHED: WireRuleState.CACHED,
} as const satisfies Record<RuleState, WireRuleState>;

const EMAIL_TYPES = {
  DISPOSABLE: WireEmailType.DISPOSABLE,
  FREE: WireEmailType.FREE,
  NO_MX_RECORDS: WireEmailType.NO_MX_RECORDS,
  NO_GRAVATAR: WireEmailType.NO_GRAVATAR,
  INVALID: WireEmailType.INVALID,
  ROLE: WireEmailType.ROLE,
} as const satisfies Record<EmailType, WireEmailType>;

const RULE_TYPES = {
  RATE_LIMIT: WireRuleType.RATE_LIMIT,
  BOT: WireRuleType.BOT,
  EMAIL: WireRuleType.EMAIL,
  SHIELD: WireRuleType.SHIELD,
  FILTER: WireRuleType.FILTER,
  SENSITIVE_INFO: WireRuleType.SENSITIVE_INFO,
  PROMPT_INJECTION_DETECTION: WireRuleType.PROMPT_INJECTION_DETECTION,
  CUSTOM: WireRuleType.CUSTOM,
} as const satisfies Record<RuleType, WireRuleType>;

/** Turns a table of names to numbers round; a number that is not in it gives undefined. */
function reverse<Name extends string>(
  table: Readonly<Record<Name, number>>,
): ReadonlyMap<number, Name> {
  const names = new Map<number, Name>();
  for (const name in table) names.set(table[name], name);
  return names;
}

const conclusionNames = reverse<Conclusion>(CONCLUSIONS);
const stateNames = reverse<RuleState>(STATES);
const emailTypeNames = reverse<EmailType>(EMAIL_TYPES);
const ruleTypeNames = reverse<RuleType>(RULE_TYPES);

export const conclusionToWire = (value: Conclusion): WireConclusion => CONCLUSIONS[value];
export const conclusionFromWire = (value: number): Conclusion | undefined =>
  conclusionNames.get(value);

export const stateToWire = (value: RuleState): WireRuleState => STATES[value];
export const stateFromWire = (value: number): RuleState | undefined => stateNames.get(value);

export const emailTypeToWire = (value: EmailType): WireEmailType => EMAIL_TYPES[value];
/** Drops numbers that have no name here. */
export const emailTypesFromWire = (values: readonly number[]): EmailType[] =>
  values.flatMap((value) => emailTypeNames.get(value) ?? []);

export const ruleTypeToWire = (value: RuleType): WireRuleType => RULE_TYPES[value];
export const ruleTypeFromWire = (value: number): RuleType | undefined => ruleTypeNames.get(value);

export const modeToWire = (value: Mode): WireMode =>
  value === "LIVE" ? WireMode.LIVE : WireMode.DRY_RUN;
/** Everything but LIVE is a dry run, as documented. */
export const modeFromWire = (value: number): Mode => (value === WireMode.LIVE ? "LIVE" : "DRY_RUN");
