/** One request, and what every rule says of it: each by itself, whatever the others say. */
import { createClient, type ArcjetOptions, type ArcjetRequest, type Decision } from "@arcjet/core";
import { readHeaders, type RequestParts } from "@arcjet/core/fetch";
import { explain as explainExpression, type Explanation, type FilterRequest } from "@arcjet/filter";
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
const ROUTED = "read with its dot segments where they are, as routers do that resolve none";
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Fields of which only the first counts; the values of others are joined. */
const SINGLE: ReadonlySet<string> = new Set([
  "authorization",
  "content-length",
  "content-type",
  "host",
  "referer",
  "user-agent",
]);

/** The headers as Node gives them to an application. */
function toRecord(headers: Question["headers"]): Readonly<Record<string, string | string[]>> {
  const all = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const values = all.get(key);
    if (values === undefined) all.set(key, [value]);
    else if (!SINGLE.has(key)) values.push(value);
  }
  const joined = [...all].map(([name, values]) => {
    const [first = ""] = values;
    if (values.length === 1) return [name, first] as const;
    return [name, name === "cookie" ? values.join("; ") : values] as const;
  });
  return Object.fromEntries(joined);
}

function toParts({ method, url, headers, ip }: Question): RequestParts {
  const origin = ORIGIN.exec(url);
  const host: Question["headers"] = origin?.[2] === undefined ? [] : [["host", origin[2]]];
  const rest = url.slice(origin?.[0].length ?? 0).replace(/#.*$/s, "");
  return {
    method,
    target: /^[/*]/.test(rest) ? rest : `/${rest}`,
    headers: readHeaders(toRecord([...headers, ...host])),
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

/** The path is read both ways where it has dot segments: the second is shown where it alone denies. */
function explainFilter(spec: RuleSpec, { request, decision }: Judged, question: Question) {
  if (spec.type !== "FILTER") return [];
  const local = localOf(question.props);
  const options = { facts: decision.facts, ...(local && { local }) };
  return (spec.deny ?? spec.allow ?? []).flatMap((text) => {
    const resolved = explainExpression(text, request, options);
    if (request.routedPath === request.canonicalPath) return [resolved];
    const routed = explainExpression(text, withPath(request, request.routedPath), options);
    const deniesAlone = spec.deny
      ? routed.value === true && resolved.value !== true
      : resolved.value === true && routed.value !== true;
    return deniesAlone ? [resolved, { ...routed, note: ROUTED }] : [resolved];
  });
}

const withPath = (request: ArcjetRequest, canonicalPath: string): FilterRequest => {
  const { ip, method, protocol, host, target, path, query, cookies, headers } = request;
  return { ip, method, protocol, host, target, path, query, cookies, headers, canonicalPath };
};

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
