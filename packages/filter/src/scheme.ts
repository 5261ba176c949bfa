// The vocabulary: fields and functions with their types. The grammar knows none of these names.
import type { IpFacts } from "@arcjet/ip";

export type Base = "Bytes" | "Bool" | "Int" | "Ip";

/** One value; a map by key; the values of one; or "for each of them", as `[*]` makes it. */
export type Shape = "one" | "map" | "array" | "each";

export interface Type {
  readonly base: Base;
  readonly shape: Shape;
}

type Keys<T> = {
  [K in keyof IpFacts]-?: T extends NonNullable<IpFacts[K]> ? K : never;
}[keyof IpFacts];

/** Where the value of a field comes from. */
export type Source =
  | {
      readonly from: "request";
      readonly property: "method" | "protocol" | "host" | "path" | "target" | "canonicalPath";
    }
  | { readonly from: "hostname" }
  | { readonly from: "address" }
  | { readonly from: "map"; readonly map: "headers" | "cookies" | "args" | "local" }
  | { readonly from: "text"; readonly fact: Keys<string> | Keys<number> }
  | { readonly from: "flag"; readonly fact: Keys<boolean> };

export interface Field {
  readonly type: Type;
  readonly source: Source;
  /** Text that is a number, and may be compared with one. */
  readonly numeric?: true;
}

const one = (base: Base): Type => ({ base, shape: "one" });
const request = (property: (Source & { from: "request" })["property"]): Field => ({
  type: one("Bytes"),
  source: { from: "request", property },
});
const map = (name: (Source & { from: "map" })["map"]): Field => ({
  type: { base: "Bytes", shape: "map" },
  source: { from: "map", map: name },
});
const text = (fact: (Source & { from: "text" })["fact"]): Field => ({
  type: one("Bytes"),
  source: { from: "text", fact },
});
const flag = (fact: Keys<boolean>): Field => ({
  type: one("Bool"),
  source: { from: "flag", fact },
});

export const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["http.host", request("host")],
  ["http.hostname", { type: one("Bytes"), source: { from: "hostname" } }],
  ["http.request.method", request("method")],
  ["http.request.protocol", request("protocol")],
  ["http.request.uri", request("target")],
  ["http.request.uri.path", request("path")],
  ["http.request.uri.path.canonical", request("canonicalPath")],
  ["http.request.uri.args", map("args")],
  ["http.request.headers", map("headers")],
  ["http.request.cookie", map("cookies")],
  ["local", map("local")],
  ["ip.src", { type: one("Ip"), source: { from: "address" } }],
  ["ip.src.country", text("country")],
  ["ip.src.country.name", text("countryName")],
  ["ip.src.continent", text("continent")],
  ["ip.src.continent.name", text("continentName")],
  ["ip.src.region", text("region")],
  ["ip.src.city", text("city")],
  ["ip.src.postal_code", text("postalCode")],
  ["ip.src.lat", text("latitude")],
  ["ip.src.lon", text("longitude")],
  ["ip.src.accuracy_radius", text("accuracyRadius")],
  ["ip.src.timezone.name", text("timezone")],
  ["ip.src.asnum", { ...text("asn"), numeric: true }],
  ["ip.src.asnum.name", text("asnName")],
  ["ip.src.asnum.domain", text("asnDomain")],
  ["ip.src.asnum.type", text("asnType")],
  ["ip.src.asnum.country", text("asnCountry")],
  ["ip.src.service", text("service")],
  ["ip.src.crawler.name", text("crawlerName")],
  ["ip.src.crawler", flag("isCrawler")],
  ["ip.src.hosting", flag("isHosting")],
  ["ip.src.mobile", flag("isMobile")],
  ["ip.src.proxy", flag("isProxy")],
  ["ip.src.relay", flag("isRelay")],
  ["ip.src.tor", flag("isTor")],
  ["ip.src.vpn", flag("isVpn")],
]);

export type FunctionName =
  | "len"
  | "lower"
  | "upper"
  | "url_decode"
  | "concat"
  | "starts_with"
  | "ends_with"
  | "exists";

export interface FunctionType {
  readonly returns: Base;
  readonly min: number;
  readonly max: number;
  /** From which argument on a literal text may stand; Infinity for nowhere. */
  readonly literalsFrom: number;
  /** Whether an argument of any type will do. */
  readonly anyType?: true;
}

/** Arguments of `concat()`. */
export const MAX_ARGUMENTS = 16;

export const FUNCTIONS: ReadonlyMap<string, FunctionType & { readonly name: FunctionName }> =
  new Map(
    Object.entries({
      len: { name: "len", returns: "Int", min: 1, max: 1, literalsFrom: Infinity },
      lower: { name: "lower", returns: "Bytes", min: 1, max: 1, literalsFrom: Infinity },
      upper: { name: "upper", returns: "Bytes", min: 1, max: 1, literalsFrom: Infinity },
      url_decode: { name: "url_decode", returns: "Bytes", min: 1, max: 1, literalsFrom: Infinity },
      concat: { name: "concat", returns: "Bytes", min: 2, max: MAX_ARGUMENTS, literalsFrom: 0 },
      starts_with: { name: "starts_with", returns: "Bool", min: 2, max: 2, literalsFrom: 1 },
      ends_with: { name: "ends_with", returns: "Bool", min: 2, max: 2, literalsFrom: 1 },
      exists: {
        name: "exists",
        returns: "Bool",
        min: 1,
        max: 1,
        literalsFrom: Infinity,
        anyType: true,
      },
    } as const),
  );

/** Words that ask whether a comparison over `[*]` holds for one, or for every value. */
export const QUANTIFIERS = ["any", "all"] as const;
export type Quantifier = (typeof QUANTIFIERS)[number];

export type Operator =
  | "eq"
  | "ne"
  | "ge"
  | "le"
  | "gt"
  | "lt"
  | "in"
  | "bitwise_and"
  | "contains"
  | "matches"
  | "wildcard"
  | "strict wildcard";

/** Spellings of the operators, in the order in which they are tried. */
export const OPERATORS: readonly (readonly [string, Operator])[] = [
  ["in", "in"],
  ["eq", "eq"],
  ["==", "eq"],
  ["ne", "ne"],
  ["!=", "ne"],
  ["ge", "ge"],
  [">=", "ge"],
  ["le", "le"],
  ["<=", "le"],
  ["gt", "gt"],
  [">", "gt"],
  ["lt", "lt"],
  ["<", "lt"],
  ["bitwise_and", "bitwise_and"],
  ["&", "bitwise_and"],
  ["contains", "contains"],
  ["matches", "matches"],
  ["~", "matches"],
  ["wildcard", "wildcard"],
  ["strict wildcard", "strict wildcard"],
];

export type Combination = "or" | "xor" | "and";

/** Spellings of the combinations, loosest first. */
export const COMBINATIONS: readonly (readonly [string, Combination])[] = [
  ["or", "or"],
  ["||", "or"],
  ["xor", "xor"],
  ["^^", "xor"],
  ["and", "and"],
  ["&&", "and"],
];
