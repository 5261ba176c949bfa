// Judges a request by expressions. A deny list denies on a match; an allow list allows only on a match,
// and what stays open because IP data is missing is an error, which `onError` decides. A request with a
// text too long to be read is denied by either list where that text could have decided.
import { compile, type FilterRequest, type FilterResult, type Lists } from "@arcjet/filter";
import type { FilterSpec, Mode } from "@arcjet/protocol";
import { isPromise } from "../maybe-promise.ts";
import {
  checkAllowOrDeny,
  checkKnown,
  checkMode,
  checkObject,
  checkStrings,
  optionError,
} from "../options.ts";
import type { ArcjetRequest } from "../request.ts";
import type { Rule, Verdict } from "../rule.ts";
import { findUpperCase } from "./folded-paths.ts";

/** Options of `filter()`: exactly one of `allow` and `deny`. */
export type FilterOptions = {
  /** Default: DRY_RUN. */
  readonly mode?: Mode;
  /** Values that expressions name as `$name`. */
  readonly lists?: Lists;
} & (
  | { readonly allow: readonly string[]; readonly deny?: never }
  | { readonly deny: readonly string[]; readonly allow?: never }
);

export interface FilterProps {
  /** Values that expressions read as `local["name"]`. */
  readonly filterLocal?: Readonly<Record<string, string>>;
}

const OWNER = "filter";
const NO_IP_DATA =
  "`filter` asks what is known about the client address, and there is no source of it: the answer stays open until `geo` names one";
const MAY_HAVE_DOTS = /(?:\.|%2e)/i;

/**
 * Denies or allows requests by expressions, which are compiled here.
 *
 * @throws TypeError when an option is wrong, FilterError when an expression is, with the place in it.
 * @example
 * filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] });
 */
export function filter(options: FilterOptions): Rule<FilterProps> {
  const given = checkObject(OWNER, options);
  checkKnown(OWNER, given, ["mode", "allow", "deny", "lists"]);
  const side = checkAllowOrDeny(OWNER, given);
  const expressions = checkStrings(OWNER, side, given[side]) ?? [];
  if (expressions.length === 0)
    throw optionError(OWNER, side, expressions, "expected one or more expressions");
  const lists = checkLists(given.lists);
  const named = lists && { lists };
  const compiled = compile(expressions, named);
  const mode = checkMode(OWNER, given.mode);
  const spec: FilterSpec =
    side === "allow"
      ? { type: "FILTER", mode, allow: compiled.portable }
      : { type: "FILTER", mode, deny: compiled.portable };
  return {
    spec,
    reads: ["filterLocal"],
    warnings: ({ ignoreCase, knowsAddresses }) => [
      ...(ignoreCase ? findUpperCase(expressions, named) : []),
      ...(compiled.readsIpData && !knowsAddresses ? [NO_IP_DATA] : []),
    ],
    evaluate: (context) => {
      const { filterLocal } = context.props;
      if (filterLocal !== undefined && !isLocal(filterLocal)) return NOT_LOCAL;
      const judge = (facts: Parameters<typeof compiled.evaluate>[2]): Verdict => {
        const { request } = context;
        const verdict = toVerdict(side, compiled.evaluate(request, filterLocal, facts));
        // Routers differ in whether they resolve dot segments, so a path that has them is judged both ways.
        if (verdict.conclusion === "DENY" || !MAY_HAVE_DOTS.test(request.path)) return verdict;
        if (request.routedPath === request.canonicalPath) return verdict;
        const other = toVerdict(side, compiled.evaluate(routed(request), filterLocal, facts));
        return other.conclusion === "ALLOW" ? verdict : other;
      };
      if (!compiled.readsIpData) return judge(undefined);
      const facts = context.facts();
      return isPromise(facts) ? facts.then(judge) : judge(facts);
    },
  };
}

/** The request with the path that routers see who leave dot segments as they are. */
const routed = (request: ArcjetRequest): FilterRequest => ({
  get ip() {
    return request.ip;
  },
  method: request.method,
  protocol: request.protocol,
  host: request.host,
  target: request.target,
  path: request.path,
  query: request.query,
  cookies: request.cookies,
  headers: request.headers,
  canonicalPath: request.routedPath,
});

const NOT_LOCAL: Verdict = {
  conclusion: "ERROR",
  reason: {
    type: "ERROR",
    message: "`filterLocal` must be an object whose values are strings",
  },
};

/** What an application without types may pass is looked at before it is used. */
function isLocal(local: unknown): boolean {
  if (typeof local !== "object" || local === null || Array.isArray(local)) return false;
  return Object.values(local).every((value) => typeof value === "string");
}

function checkLists(lists: unknown): Lists | undefined {
  if (lists === undefined) return undefined;
  if (typeof lists !== "object" || lists === null || Array.isArray(lists))
    throw optionError(OWNER, "lists", lists, "expected an object of arrays, one for each name");
  const checked: Record<string, readonly (string | number)[]> = {};
  for (const [name, members] of Object.entries(lists)) {
    if (!Array.isArray(members) || !members.every(isMember))
      throw optionError(OWNER, `lists.${name}`, members, "expected an array of strings or numbers");
    checked[name] = members;
  }
  return checked;
}

function isMember(member: unknown): member is string | number {
  return typeof member === "string" || typeof member === "number";
}

function toVerdict(
  side: "allow" | "deny",
  { matched, undetermined, needsIpData, tooLong }: FilterResult,
): Verdict {
  const reason = {
    type: "FILTER",
    matchedExpressions: matched,
    undeterminedExpressions: undetermined,
  } as const;
  if (matched.length > 0) return { conclusion: side === "allow" ? "ALLOW" : "DENY", reason };
  if (tooLong) return { conclusion: "DENY", reason };
  if (side === "deny") return { conclusion: "ALLOW", reason };
  if (!needsIpData) return { conclusion: "DENY", reason };
  const message = `\`filter\` cannot decide without IP data: ${undetermined.join(", ")}; give \`geo\` a source of it`;
  return { conclusion: "ERROR", reason: { type: "ERROR", message } };
}
