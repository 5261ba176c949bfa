/**
 * The rules of a configuration over the requests of a log: the counters are this process's own, the clock
 * is the log's, and nobody is told. A rule that reads what the log does not hold is not asked: the absence
 * of a header from a log says nothing about the request.
 */
import {
  createClient,
  filter,
  type ArcjetOptions,
  type Decision,
  type Rule,
  type RuleContext,
  type Verdict,
} from "@arcjet/core";
import type { MaybePromise, RequestParts } from "@arcjet/core/fetch";
import type { FilterSpec, RuleSpec } from "@arcjet/protocol";
import { memoryStore } from "@arcjet/rate-limit";
import { grouped } from "../grouped.ts";
import { CleanHeaders } from "./clean-headers.ts";
import type { Holds, LogEntry } from "./entry.ts";
import { createLogClients } from "./log-clients.ts";
import { offline } from "./offline.ts";
import { LogHeaders } from "./log-headers.ts";
import { ownText } from "./own-text.ts";
import { missingFrom, needsOfExpression, needsOfRule } from "./needs.ts";

/** A rule, and how far the log could be held against it. */
export interface JudgedRule {
  readonly spec: RuleSpec;
  /** Requests for which it was asked in part, or not at all. */
  readonly unasked: number;
  /** What the log lacks, in words. */
  readonly missing: string | undefined;
  /** Whether the rest of it was asked nevertheless. */
  readonly partly: boolean;
  /** What a replay leaves out whatever the log holds. */
  readonly note: string | undefined;
}

export interface Judge {
  readonly decide: (entry: LogEntry) => MaybePromise<Decision>;
  /** The client of a request, behind the proxies that the configuration trusts. */
  readonly clientOf: (entry: LogEntry) => string;
  readonly rules: () => readonly JudgedRule[];
}

/** What of a rule was not asked, in words; undefined when all of it was. */
export function omissionOf({ unasked, missing, partly }: JudgedRule): string | undefined {
  if (missing === undefined) return undefined;
  return `${partly ? "asked only in part" : "not asked"} for ${grouped(unasked)} requests: the log lacks ${missing}`;
}

/** How requests are judged. */
export interface JudgeOptions {
  /** Whether the application's router ignores case. */
  readonly ignoreCase: boolean;
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const DEFAULT_CHARACTERISTICS = ["ip.src"];

const NO_DNS = "no DNS was asked whether bots are who they say they are";
const NOT_ASKED: Verdict = { conclusion: "ALLOW", reason: { type: "NONE" } };
/** The header of a request that a bot has signed, which is checked with keys from the network. */
const SIGNED = "signature-agent";

type AnyRule = Rule<never>;

/** A rule for a kind of log: whole, without some of its expressions, or not at all. */
interface Variant {
  readonly rule: AnyRule | undefined;
  readonly missing: string | undefined;
}

/** An expression that cannot be judged is left out of a deny list; an allow list would deny without it. */
function filterVariant(rule: AnyRule, spec: FilterSpec, holds: Holds): Variant {
  const expressions = spec.deny ?? spec.allow ?? [];
  const judged = expressions.map((text) => missingFrom(holds, needsOfExpression(text)));
  const missing = [...new Set(judged.filter((text) => text !== undefined))].join(", ");
  if (missing === "") return { rule, missing: undefined };
  const deny = expressions.filter((_, at) => judged[at] === undefined);
  if (spec.deny === undefined || deny.length === 0) return { rule: undefined, missing };
  return { rule: filter({ mode: spec.mode, deny }), missing };
}

class Watched {
  readonly spec: RuleSpec;
  readonly rule: AnyRule;
  unasked = 0;
  missing: string | undefined;
  partly = false;
  readonly #original: AnyRule;
  readonly #characteristics: readonly string[];
  readonly #clean = new CleanHeaders();
  readonly #variants = new WeakMap<Holds, Variant>();
  #holds: Holds | undefined;
  #variant: Variant = { rule: undefined, missing: undefined };

  constructor(original: AnyRule, characteristics: readonly string[], current: () => Holds) {
    this.spec = original.spec;
    this.#original = original;
    this.#characteristics = characteristics;
    this.rule = {
      ...original,
      evaluate: (context) => {
        const { rule, missing } = this.#variantFor(current());
        if (missing !== undefined) {
          this.unasked++;
          this.missing ??= missing;
          this.partly ||= rule !== undefined;
        }
        if (rule === undefined) return NOT_ASKED;
        if (rule.spec.type === "SHIELD") return this.#inspect(rule, context);
        if (rule.spec.type !== "BOT") return rule.evaluate(context);
        if (context.request.headers.get(SIGNED) === undefined)
          return rule.evaluate(offline(context));
        this.unasked++;
        this.missing ??= "a way to check signatures";
        return NOT_ASKED;
      },
    };
  }

  /** The shield lists the headers before it does anything that waits. */
  #inspect(rule: AnyRule, context: RuleContext<never>): ReturnType<AnyRule["evaluate"]> {
    const { headers } = context.request;
    if (!(headers instanceof LogHeaders)) return rule.evaluate(context);
    return headers.without(this.#clean, () => rule.evaluate(context));
  }

  #variantFor(holds: Holds): Variant {
    if (holds === this.#holds) return this.#variant;
    const variant = this.#variants.get(holds) ?? this.#make(holds);
    this.#variants.set(holds, variant);
    this.#holds = holds;
    return (this.#variant = variant);
  }

  #make(holds: Holds): Variant {
    const rule = this.#original;
    const missing = missingFrom(holds, needsOfRule(rule, this.#characteristics));
    if (missing !== undefined) return { rule: undefined, missing };
    if (rule.spec.type === "FILTER") return filterVariant(rule, rule.spec, holds);
    return { rule, missing: undefined };
  }
}

function toParts(entry: LogEntry): RequestParts {
  return {
    method: entry.method,
    target: entry.target,
    headers: new LogHeaders(entry.headers),
    // Limits remember some clients by name.
    peer: entry.client === "" ? undefined : ownText(entry.client),
    tls: entry.tls,
    httpVersion: entry.httpVersion,
    complete: entry.holds.headers === "all",
  };
}

/**
 * Makes a judge of a configuration.
 *
 * @throws TypeError when the configuration is wrong.
 */
export function createJudge(config: ArcjetOptions, options: JudgeOptions): Judge {
  let now = 0;
  let holds: Holds = { headers: new Set(), protocol: false };
  const clock = (): number => now;
  const { nameOf, holdsOf } = createLogClients(config);
  const characteristics = config.characteristics ?? DEFAULT_CHARACTERISTICS;
  const watched = config.rules
    .flat()
    .map((rule) => new Watched(rule, characteristics, () => holds));
  // Where a server decides, its counters are not to be touched: here this process decides alone.
  const { client: _remote, key: _key, sinks: _sinks, ...own } = config;
  const client = createClient(
    {
      ...own,
      rules: watched.map(({ rule }) => rule),
      store: memoryStore({ clock }),
      clock,
      log: SILENT,
    },
    { read: toParts, ignoreCase: options.ignoreCase },
  );
  const decide = client.decide as (
    entry: LogEntry,
    props: Readonly<Record<string, unknown>>,
  ) => MaybePromise<Decision>;
  return {
    decide: (entry) => {
      now = entry.time;
      holds = holdsOf(entry);
      return decide(entry, entry.body === undefined ? {} : { body: entry.body });
    },
    clientOf: nameOf,
    rules: () =>
      watched.map(({ spec, unasked, missing, partly }) => {
        const note = spec.type === "BOT" && spec.denySpoofed ? NO_DNS : undefined;
        return { spec, unasked, missing, partly, note };
      }),
  };
}
