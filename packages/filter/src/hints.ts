// Names and spellings people bring along from elsewhere, and what they are called here.
import { FIELDS, FUNCTIONS, QUANTIFIERS } from "./scheme.ts";
import { suggest } from "./suggest.ts";

const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["http.user_agent", 'http.request.headers["user-agent"]'],
  ["http.referer", 'http.request.headers["referer"]'],
  ["http.cookie", 'http.request.cookie["name"]'],
  ["http.request.cookies", 'http.request.cookie["name"]'],
  ["http.request.uri.query", 'http.request.uri.args["name"]'],
  ["http.request.args", 'http.request.uri.args["name"]'],
  ["http.method", "http.request.method"],
  ["http.path", "http.request.uri.path.canonical"],
  ["http.request.path", "http.request.uri.path.canonical"],
  ["ip.src.asn", "ip.src.asnum"],
  ["ip.geoip.country", "ip.src.country"],
  ["ip.geoip.asnum", "ip.src.asnum"],
  ["ip", "ip.src"],
]);

/** What was probably meant by a name that is no field. */
export function fieldHint(name: string): string | undefined {
  if (name === "true" || name === "false")
    return "there are no such constants: a flag such as ip.src.vpn stands alone, or behind `not`";
  if (name === "http.request.body") return "the body of a request is not available to filters";
  if (/^(?:AND|OR|NOT|XOR)$/.test(name)) return `keywords are lower case: ${name.toLowerCase()}`;
  if (name.startsWith("http.request.headers.") || /^user_?agent$/i.test(name))
    return 'a header is named in brackets: http.request.headers["user-agent"]';
  const meant = ELSEWHERE.get(name) ?? suggest(name, FIELDS.keys());
  return meant && `did you mean ${meant}?`;
}

export function functionHint(name: string): string | undefined {
  const meant = suggest(name, [...FUNCTIONS.keys(), ...QUANTIFIERS]);
  return meant === undefined
    ? `known are ${[...FUNCTIONS.keys(), ...QUANTIFIERS].join(", ")}`
    : `did you mean ${meant}()?`;
}

/** What is wrong with what stands where an operator was expected. */
export function operatorHint(rest: string): string | undefined {
  if (rest.startsWith("\t")) return "a tab is not a blank here: use spaces";
  if (rest.startsWith("=")) return "write `==` or `eq`";
  if (rest.startsWith("[")) return "no blank stands before `[`";
  if (rest.startsWith("-"))
    return 'a header is named in brackets: http.request.headers["user-agent"]';
  if (/^strict\s+wildcard/.test(rest)) return "`strict wildcard` has exactly one blank";
  const word = /^[A-Za-z_]+/.exec(rest)?.[0];
  if (word === undefined) return undefined;
  if (/^(?:starts|ends)_?with$/i.test(word))
    return `${word.toLowerCase().startsWith("s") ? "starts" : "ends"}_with(value, "text") is a function`;
  const meant = suggest(word, [
    "eq",
    "ne",
    "ge",
    "le",
    "gt",
    "lt",
    "in",
    "contains",
    "matches",
    "wildcard",
    "bitwise_and",
  ]);
  return meant && `did you mean \`${meant}\`?`;
}

/** What is wrong with what stands behind a whole expression. */
export function restHint(rest: string, afterFlag: boolean): string | undefined {
  if (rest.startsWith("\t")) return "a tab is not a blank here: use spaces";
  if (afterFlag && /^(?:eq|ne|==|!=|=)/.test(rest))
    return "a flag is not compared: write it alone, or behind `not`";
  if (rest.startsWith("#") || rest.startsWith("//")) return "there are no comments";
  if (rest.startsWith(")")) return "no parenthesis is open";
  return /^(?:AND|OR|XOR)\b/.test(rest) ? "keywords are lower case" : undefined;
}
