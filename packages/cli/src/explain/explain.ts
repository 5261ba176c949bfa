/** One request, and what every rule says of it: each by itself, whatever the others say. */
import { createClient, type ArcjetOptions, type ArcjetRequest, type Decision } from "@arcjet/core";
import { readHeaders, type RequestParts } from "@arcjet/core/fetch";
import { explain as explainExpression, type Explanation } from "@arcjet/filter";
import type { ReasonData, RuleSpec } from "@arcjet/protocol";
import { memoryStore } from "@arcjet/rate-limit";
import { exemptionText } from "../replay/reason-text.ts";

/** The request that is asked about. */
export interface Question {
  readonly method: string;
  /** Path and query, or an absolute URL. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly ip: string | undefined;
  /** Properties for `protect()`. */
  readonly props: Readonly<Record<string, unknown>>;
}

export interface RuleExplanation {
  readonly index: number;
  readonly type: string;
  readonly mode: string;
  readonly conclusion: string;
  readonly reason: ReasonData;
  /** A filter's expressions, part by part. */
  readonly expressions: readonly Explanation[];
  /** What would let the request pass. */
  readonly exempt: string | undefined;
}

export interface RequestExplanation {
  readonly conclusion: string;
  readonly reason: ReasonData;
  /** The client address, where it came from, and whether it is vouched for. */
  readonly client: {
    readonly ip: string;
    readonly provenance: string;
    readonly verified: boolean;
    readonly countedAs: string;
  };
  readonly facts: Decision["facts"];
  readonly path: { readonly received: string; readonly canonical: string };
  readonly rules: readonly RuleExplanation[];
}

const ORIGIN = /^(https?):\/\/([^/?#]*)/i;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function toParts({ method, url, headers, ip }: Question): RequestParts {
  const origin = ORIGIN.exec(url);
  const record: Record<string, string | readonly string[]> = {};
  if (origin?.[2] !== undefined) record.host = origin[2];
  for (const [name, value] of headers) record[name.toLowerCase()] = value;
  const rest = url.slice(origin?.[0].length ?? 0).replace(/#.*$/s, "");
  return {
    method,
    target: rest.startsWith("/") ? rest : `/${rest}`,
    headers: readHeaders(record),
    peer: ip,
    tls: origin?.[1]?.toLowerCase() === "https",
    httpVersion: "1.1",
    complete: true,
  };
}

interface Judged {
  readonly decision: Decision;
  readonly request: ArcjetRequest;
}

async function judge(
  config: ArcjetOptions,
  rules: ArcjetOptions["rules"],
  question: Question,
  ignoreCase: boolean,
): Promise<Judged> {
  const { client: _remote, key: _key, sinks: _sinks, ...own } = config;
  let request: ArcjetRequest | undefined;
  const client = createClient(
    {
      ...own,
      rules,
      store: memoryStore(),
      log: SILENT,
      sinks: [(record) => void (request = record.request)],
    },
    { read: toParts, ignoreCase },
  );
  const protect = client.protect as (request: Question, props: object) => Promise<Decision>;
  const decision = await protect(question, question.props);
  if (request === undefined) throw new Error(`the request could not be read: ${question.url}`);
  return { decision, request };
}

function localOf(props: Question["props"]): Readonly<Record<string, string>> | undefined {
  const { filterLocal } = props;
  // The command line gives properties as texts.
  return filterLocal as Readonly<Record<string, string>> | undefined;
}

function explainFilter(spec: RuleSpec, { request, decision }: Judged, question: Question) {
  if (spec.type !== "FILTER") return [];
  const local = localOf(question.props);
  const options = { facts: decision.facts, ...(local && { local }) };
  return (spec.deny ?? spec.allow ?? []).map((text) => explainExpression(text, request, options));
}

/**
 * Explains what the rules say of a request. Counters are empty, so a limit shows what it would allow.
 *
 * @throws TypeError when the configuration is wrong.
 */
export async function explainRequest(
  config: ArcjetOptions,
  question: Question,
  ignoreCase: boolean,
): Promise<RequestExplanation> {
  const whole = await judge(config, config.rules, question, ignoreCase);
  const rules: RuleExplanation[] = [];
  for (const [index, rule] of config.rules.flat().entries()) {
    const alone = await judge(config, [rule], question, ignoreCase);
    const [result] = alone.decision.results;
    const reason: ReasonData = result?.data ?? { type: "NONE" };
    const conclusion = result?.conclusion ?? "ALLOW";
    rules.push({
      index,
      type: rule.spec.type,
      mode: rule.spec.mode,
      conclusion,
      reason,
      expressions: explainFilter(rule.spec, alone, question),
      exempt: conclusion === "DENY" ? exemptionText(reason) : undefined,
    });
  }
  const { decision, request } = whole;
  const { ip, provenance, verified, clientKey } = request;
  return {
    conclusion: decision.conclusion,
    reason: decision.data,
    client: { ip, provenance, verified, countedAs: clientKey },
    facts: decision.facts,
    path: { received: request.path, canonical: request.canonicalPath },
    rules,
  };
}
