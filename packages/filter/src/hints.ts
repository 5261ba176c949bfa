// Names and spellings people bring along from elsewhere, and what they are called here.
import { FIELDS, FUNCTIONS, OPERATORS, QUANTIFIERS } from "./scheme.ts";
import { suggest } from "./suggest.ts";

/** By what other systems call them; what only ends alike is found without. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["http.referer", 'http.request.headers["referer"]'],
  ["http.request.uri.query", 'http.request.uri.args["name"]'],
  ["http.path", "http.request.uri.path.canonical"],
  ["http.request.path", "http.request.uri.path.canonical"],
  ["path", "http.request.uri.path.canonical"],
  ["ip.src.asn", "ip.src.asnum"],
  ["ip", "ip.src"],
]);

const LOWER_CASE = "keywords are lower case";

/** What is wrong with what stands where a comparison was expected. */
export function startHint(rest: string): string | undefined {
  if (rest.startsWith("#") || rest.startsWith("//")) return "there are no comments";
  return /^["'0-9]/.test(rest) ? 'a field comes first: http.host eq "example.com"' : undefined;
}

/** What was probably meant by a name that is no field; `behind` is what follows it. */
export function fieldHint(name: string, behind: string): string | undefined {
  if (name === "true" || name === "false")
    return "there are no such constants: a flag such as ip.src.vpn stands alone, or behind `not`";
  if (name === "http.request.body") return "the body of a request is not available to filters";
  if (/^(?:AND|OR|NOT|XOR)$/.test(name)) return LOWER_CASE;
  const written = name + (/^-[\w-]*/.exec(behind)?.[0] ?? "");
  for (const [map, { type }] of FIELDS)
    if (type.shape === "map" && written.startsWith(`${map}.`))
      return inBrackets(map, written.slice(map.length + 1));
  if (written !== name) return inBrackets("http.request.headers", written.toLowerCase());
  if (/^(?:http\.)?user_?agent$/i.test(name))
    return inBrackets("http.request.headers", "user-agent");
  const meant = ELSEWHERE.get(name) ?? lastPart(name) ?? suggest(name, FIELDS.keys());
  return meant && `did you mean ${meant}?`;
}

function inBrackets(map: string, key: string): string {
  return `it is named in brackets: ${map}["${key}"]`;
}

/** The shortest field that ends like a name: `vpn` and `ip.vpn` are ip.src.vpn. */
function lastPart(name: string): string | undefined {
  const end = `.${name.slice(name.lastIndexOf(".") + 1).toLowerCase()}`;
  const alike = [...FIELDS.keys()].filter((field) => field.endsWith(end));
  return alike.toSorted((a, b) => a.length - b.length)[0];
}

export function functionHint(name: string): string | undefined {
  const known = [...FUNCTIONS.keys(), ...QUANTIFIERS];
  const meant = suggest(name, known) ?? known.find((one) => name.toLowerCase().startsWith(one));
  return meant === undefined ? `known are ${known.join(", ")}` : `did you mean ${meant}()?`;
}

/** What is wrong with what stands where an operator was expected. */
export function operatorHint(rest: string): string | undefined {
  if (rest.startsWith("\t")) return "a tab is not a blank here: use spaces";
  if (rest.startsWith("=")) return "write `==` or `eq`";
  if (rest.startsWith("[")) return "no blank stands before `[`";
  if (rest.startsWith(")")) return 'the comparison stands inside, as in any(local[*] eq "a")';
  if (/^(?:not\s+|!\s*)in\b/.test(rest))
    return "`not` stands before the whole: not ip.src.country in {…}";
  if (/^strict\s+wildcard/.test(rest)) return "`strict wildcard` has exactly one blank";
  const word = /^[A-Za-z_]+/.exec(rest)?.[0];
  if (word === undefined) return undefined;
  if (/^(?:starts|ends)_?with$/i.test(word))
    return `${word[0]!.toLowerCase() === "s" ? "starts" : "ends"}_with(value, "text") is a function`;
  const words = OPERATORS.map(([, operator]) => operator);
  const meant = suggest(word, words);
  return meant && `did you mean \`${meant}\`?`;
}

/** What is wrong with what stands where a text was expected. */
export function textHint(found: string): string | undefined {
  if (found === "") return undefined;
  if (/^['“”‘’]/.test(found)) return "texts stand in double quotes";
  if (found.startsWith("=")) return "write `==` or `eq`";
  if (/^AS\d+$/i.test(found))
    return `numbers of networks are written without AS: ${found.slice(2)}`;
  return `texts are quoted: "${found.replace(/[",'\\].*$/, "")}"`;
}

/** What is wrong with what stands behind a whole expression. */
export function restHint(rest: string, afterFlag: boolean): string | undefined {
  if (rest.startsWith("\t")) return "a tab is not a blank here: use spaces";
  if (afterFlag && /^(?:eq|ne|==|!=|=)/.test(rest))
    return "a flag is not compared: write it alone, or behind `not`";
  if (rest.startsWith("#") || rest.startsWith("//")) return "there are no comments";
  if (rest.startsWith(")")) return "no parenthesis is open";
  if (rest.startsWith("&")) return "write `and` or `&&`";
  if (rest.startsWith("|")) return "write `or` or `||`";
  return /^(?:AND|OR|XOR)\b/.test(rest) ? LOWER_CASE : undefined;
}
