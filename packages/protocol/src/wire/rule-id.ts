// The identity of a rule on the wire: SHA-256 over its settings in one fixed spelling. Published clients
// compute the same text, byte for byte, and find their remembered denials by it. Settings that only
// this project has are appended when they differ from the default, so that the common text stays.
import type { RuleSpec } from "../spec.ts";
import { sha256Hex } from "./sha256.ts";
import { PROMPT_INJECTION_THRESHOLD, SHIELD_DEFAULTS } from "./spec.ts";

type Field = readonly [key: string, value: string | number | boolean | readonly string[]];

const quote = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;

/** UTF-16 order, which is what `sort` does without a comparison. */
function list(values: readonly string[]): string {
  return `[${values
    .toSorted()
    .map((value) => `${quote(value)},`)
    .join("")}]`;
}

function spell([key, value]: Field): string {
  if (typeof value === "string") return `${key}:${quote(value)},`;
  return typeof value === "object" ? `${key}:${list(value)},` : `${key}:${value},`;
}

function lists(spec: {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}): Field[] {
  return [
    ["allow", spec.allow ?? []],
    ["deny", spec.deny ?? []],
  ];
}

/** An empty `deny` on its own reads like an empty `allow` in the common text. */
function emptyDeny(spec: { readonly allow?: unknown; readonly deny?: readonly string[] }): Field[] {
  return spec.allow === undefined && spec.deny?.length === 0 ? [["denyNone", true]] : [];
}

/** The field, unless it has the value that goes without saying. */
function unless(key: string, value: string | number | boolean, ordinary: typeof value): Field[] {
  return value === ordinary ? [] : [[key, value]];
}

function settings(spec: RuleSpec, characteristics: readonly string[]): Field[] {
  switch (spec.type) {
    case "RATE_LIMIT": {
      const own = spec.characteristics.length > 0 ? spec.characteristics : characteristics;
      const shared: Field[] = [
        ["algorithm", spec.algorithm],
        ["characteristics", own],
        ["match", ""],
      ];
      switch (spec.algorithm) {
        case "TOKEN_BUCKET":
          return [
            ...shared,
            ["refillRate", spec.refillRate],
            ["interval", spec.interval],
            ["capacity", spec.capacity],
            ...unless("refill", spec.refill, "interval"),
          ];
        case "FIXED_WINDOW":
          return [
            ...shared,
            ["max", spec.max],
            ["window", spec.window],
            ...unless("anchor", spec.anchor, "first"),
          ];
        case "SLIDING_WINDOW":
          return [...shared, ["max", spec.max], ["interval", spec.interval]];
      }
    }
    // eslint-disable-next-line no-fallthrough -- the switch above returns for every algorithm
    case "BOT":
      return [
        ...lists(spec),
        ...unless("missingUserAgent", spec.missingUserAgent, "error"),
        ...unless("denySpoofed", spec.denySpoofed, false),
        ...emptyDeny(spec),
      ];
    case "EMAIL":
      return [
        ...lists(spec),
        ["requireTopLevelDomain", spec.requireTopLevelDomain],
        ["allowDomainLiteral", spec.allowDomainLiteral],
        ...emptyDeny(spec),
      ];
    case "SHIELD":
      return [
        ["characteristics", characteristics],
        ...unless("threshold", spec.threshold, SHIELD_DEFAULTS.threshold),
        ...unless("window", spec.window, SHIELD_DEFAULTS.window),
        ...unless("blockFor", spec.blockFor, SHIELD_DEFAULTS.blockFor),
      ];
    case "FILTER":
    case "SENSITIVE_INFO":
      return [...lists(spec), ...emptyDeny(spec)];
    case "PROMPT_INJECTION_DETECTION":
      return unless("threshold", spec.threshold, PROMPT_INJECTION_THRESHOLD);
    case "CUSTOM":
      return [["name", spec.name]];
  }
}

/** The text that is hashed: `type:"…",version:0,mode:"…",` and the settings of the rule. */
export function ruleText(spec: RuleSpec, characteristics: readonly string[] = []): string {
  const fields: Field[] = [
    ["type", spec.type],
    ["version", 0],
    ["mode", spec.mode],
    ...settings(spec, characteristics),
  ];
  return fields.map(spell).join("");
}

/**
 * The identity of a rule on the wire, as published clients compute it. `characteristics` are those of the
 * client, which a limiter without its own and Shield take over; default none.
 *
 * @example
 * ruleId({ type: "FILTER", mode: "LIVE", deny: ["ip.src.tor"] }); // 64 hex digits
 */
export function ruleId(spec: RuleSpec, characteristics: readonly string[] = []): string {
  return sha256Hex(ruleText(spec, characteristics));
}
