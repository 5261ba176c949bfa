/** What a rule reads of a request, and whether a log holds it. */
import type { Rule } from "@arcjet/core";
import type { Value } from "@arcjet/filter";
import type { RuleSpec } from "@arcjet/protocol";
import { valuesIn } from "../filter-fields.ts";
import { holdsHeader, type Holds } from "./entry.ts";

/** Parts of a request that a log may lack. */
export interface Needs {
  /** Lower-case names of headers. */
  readonly headers: readonly string[];
  /** Whether it goes through all headers. */
  readonly allHeaders: boolean;
  readonly protocol: boolean;
  /** The address of the client. */
  readonly client: boolean;
  /** Properties that an application gives to `protect()`, which no log holds. */
  readonly props: readonly string[];
}

const NOTHING: Needs = {
  headers: [],
  allHeaders: false,
  protocol: false,
  client: false,
  props: [],
};
/** Properties that a rule does without. */
const OPTIONAL: ReadonlySet<string> = new Set(["requested", "body", "filterLocal"]);
const INDEXED = /^http\.request\.(headers|cookie|uri\.args)\["([^"]+)"\]$/;

function join(all: readonly Needs[]): Needs {
  return {
    headers: [...new Set(all.flatMap(({ headers }) => headers))],
    allHeaders: all.some(({ allHeaders }) => allHeaders),
    protocol: all.some(({ protocol }) => protocol),
    client: all.some(({ client }) => client),
    props: [...new Set(all.flatMap(({ props }) => props))],
  };
}

function needsOfCharacteristic(name: string): Needs {
  if (name === "http.host") return { ...NOTHING, headers: ["host"] };
  if (name === "ip.src") return { ...NOTHING, client: true };
  const [, source, key = ""] = INDEXED.exec(name) ?? [];
  if (source === "headers") return { ...NOTHING, headers: [key.toLowerCase()] };
  if (source === "cookie") return { ...NOTHING, headers: ["cookie"] };
  if (source !== undefined || /^(?:ip|http)\./.test(name)) return NOTHING;
  return { ...NOTHING, props: [name] };
}

function needsOfValue(value: Value): Needs {
  if (value.kind === "call")
    return join(value.args.flatMap((arg) => (arg.kind === "text" ? [] : [needsOfValue(arg)])));
  if (value.kind === "index") {
    const { of, key } = value;
    const named = of.kind === "field" && typeof key === "string";
    if (named && of.name === "http.request.headers")
      return { ...NOTHING, headers: [key.toLowerCase()] };
    if (named && of.name === "local") return { ...NOTHING, props: [`filterLocal.${key}`] };
    return needsOfValue(of);
  }
  switch (value.name) {
    case "http.host":
    case "http.hostname":
      return { ...NOTHING, headers: ["host"] };
    case "http.request.protocol":
      return { ...NOTHING, protocol: true };
    case "http.request.cookie":
      return { ...NOTHING, headers: ["cookie"] };
    case "http.request.headers":
      return { ...NOTHING, allHeaders: true };
    case "local":
      return { ...NOTHING, props: ["filterLocal"] };
    default:
      return value.name.startsWith("ip.src") ? { ...NOTHING, client: true } : NOTHING;
  }
}

/** What an expression reads. */
export function needsOfExpression(expression: string): Needs {
  return join(valuesIn(expression).map(needsOfValue));
}

/** What a rule as a whole cannot do without; a filter's expressions are looked at one by one. */
export function needsOfRule(
  { spec, reads }: Rule<never>,
  characteristics: readonly string[],
): Needs {
  const own = readsOf(spec, characteristics);
  const counted = spec.type === "RATE_LIMIT" ? spec.characteristics : [];
  const props = reads.filter((name) => !OPTIONAL.has(name) && !counted.includes(name));
  return join([own, { ...NOTHING, props }]);
}

function readsOf(spec: RuleSpec, characteristics: readonly string[]): Needs {
  if (spec.type === "BOT") return { ...NOTHING, headers: ["user-agent"] };
  if (spec.type !== "RATE_LIMIT") return NOTHING;
  const names = spec.characteristics.length > 0 ? spec.characteristics : characteristics;
  return join(names.map(needsOfCharacteristic));
}

/** What of these needs a log does not hold, in words; undefined when it holds all. */
export function missingFrom(holds: Holds, needs: Needs): string | undefined {
  const missing = needs.headers
    .filter((name) => !holdsHeader(holds, name))
    .map((name) => (name === "cookie" ? "cookies" : `the header ${name}`));
  if (needs.allHeaders && (holds.headers !== "all" || (holds.redacted?.size ?? 0) > 0))
    missing.push("all headers");
  if (needs.protocol && !holds.protocol) missing.push("the protocol");
  if (needs.client && holds.clientUnknown === true) missing.push("the address of the client");
  missing.push(...needs.props.map((name) => `the property ${name}`));
  return missing.length === 0 ? undefined : missing.join(", ");
}
