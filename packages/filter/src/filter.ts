import type { IpFacts } from "@arcjet/ip";
import { compileExpression, readsFacts } from "./compiler.ts";
import { FilterError } from "./error.ts";
import { format } from "./format.ts";
import { couldMatch, decided } from "./logic.ts";
import { parseWith, type ParseOptions } from "./parser.ts";
import { createTables } from "./regex/unicode.ts";
import { createScope, type FilterRequest } from "./request.ts";

/** Expressions of one filter. */
export const MAX_EXPRESSIONS = 10;

/** What a filter says of one request. */
export interface FilterResult {
  /** By expression: true, false, or undefined when it is open. */
  readonly values: readonly (boolean | undefined)[];
  /** Expressions that are true, in their order. */
  readonly matched: readonly string[];
  /** Expressions that are open, in their order. */
  readonly undetermined: readonly string[];
  /**
   * Whether an open expression could still become true with IP data that is missing. False when
   * everything that is open is so because a header, cookie, argument or local value is absent.
   */
  readonly needsIpData: boolean;
  /**
   * Whether an open expression could be true of a part of the request that is longer than
   * `MAX_TEXT` and was not read. Such a request should be refused, by whichever list: whoever sends
   * it must not get past a rule by making it longer.
   */
  readonly tooLong: boolean;
}

/** A filter ready to be evaluated. */
export interface CompiledFilter {
  readonly expressions: readonly string[];
  /** The same with named lists written out, for a process that does not have them. */
  readonly portable: readonly string[];
  /** Whether any expression reads IP data, so that a look-up is worth making. */
  readonly readsIpData: boolean;
  /** Evaluates every expression; never throws. */
  readonly evaluate: (
    request: FilterRequest,
    local?: Readonly<Record<string, string>>,
    facts?: IpFacts,
  ) => FilterResult;
}

const NONE: readonly string[] = Object.freeze([]);

/**
 * Compiles one expression or up to ten; throws a `FilterError` where one is wrong.
 *
 * @example
 * const filter = compile('ip.src.country in {"AT" "BE"} or ip.src.tor');
 * filter.evaluate(request, undefined, { country: "BE" }).matched.length; // 1
 */
export function compile(
  expressions: string | readonly string[],
  options: ParseOptions = {},
): CompiledFilter {
  const sources = typeof expressions === "string" ? [expressions] : [...expressions];
  if (sources.length > MAX_EXPRESSIONS)
    throw new FilterError(
      "limit",
      sources[MAX_EXPRESSIONS] ?? "",
      { start: 0, end: 1 },
      `a filter has at most ${MAX_EXPRESSIONS} expressions, got ${sources.length}`,
      "join some of them with `or`",
    );
  const tables = createTables();
  const trees = sources.map((source) => parseWith(source, options, tables));
  const judges = trees.map(compileExpression);
  return {
    expressions: sources,
    portable: options.lists ? trees.map((tree) => format(tree, true)) : sources,
    readsIpData: trees.some(readsFacts),
    evaluate: (request, local, facts) => {
      const scope = createScope(request, local, facts);
      const values: (boolean | undefined)[] = [];
      let [matched, undetermined] = [NONE, NONE];
      let [needsIpData, tooLong] = [false, false];
      for (let i = 0; i < judges.length; i++) {
        scope.tooLong = false;
        const outcome = judges[i]!(scope);
        const value = decided(outcome);
        values.push(value);
        if (value) matched = [...matched, sources[i]!];
        if (value !== undefined) continue;
        undetermined = [...undetermined, sources[i]!];
        if (!couldMatch(outcome)) continue;
        if (scope.tooLong) tooLong = true;
        else needsIpData = true;
      }
      return { values, matched, undetermined, needsIpData, tooLong };
    },
  };
}
