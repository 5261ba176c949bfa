// What is kept of a decision and only shown, as it is stored and read.
import type { IpFacts } from "@arcjet/ip";
import type { ReasonData } from "@arcjet/protocol";
import { MAX_AGENT, MAX_NAME, MAX_PATH, MAX_TEXT } from "./limits.ts";
import { reasonText } from "./reason.ts";
import { whole, type ResultEntry, type Results } from "./results.ts";
import { clean, line } from "./text.ts";
import { factsOf, reasonOf, type Told } from "./told.ts";

/** What is kept of a decision and never searched. */
export interface Detail {
  readonly reason: ReasonData;
  readonly results: readonly ResultEntry[];
  readonly host: string;
  /** Names of the parameters of the query. */
  readonly query: readonly string[];
  readonly userAgent: string;
  readonly protocol: string;
  readonly provenance: string;
  readonly degraded: boolean;
  readonly correlationId?: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const MOSTLY = {
  reason: { type: "NONE" },
  query: [],
  provenance: "",
  degraded: false,
  facts: {},
} as const;

const MAX_QUERY_NAMES = 30;

/** Names of the parameters of a query. Values are left out: passwords and tokens stand there. */
function queryNames(query: string): string {
  const cut = query.length > MAX_PATH ? query.slice(0, MAX_PATH) : query;
  let names = "";
  let end = 0;
  for (let count = 0; count < MAX_QUERY_NAMES && end >= 0; count++) {
    const start = end + 1;
    end = cut.indexOf("&", start);
    const part = end < 0 ? cut.slice(start) : cut.slice(start, end);
    const sign = part.indexOf("=");
    const name = sign < 0 ? part : part.slice(0, sign);
    if (name !== "") names += names === "" ? name : `&${name}`;
  }
  return names;
}

const kept = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : clean(text, MAX_NAME);

function isEmpty(facts: IpFacts): boolean {
  for (const _ in facts) return false;
  return true;
}

function factsText(facts: IpFacts): string {
  if (isEmpty(facts)) return "";
  const { isHosting, isVpn, isProxy, isTor, isRelay } = facts;
  return JSON.stringify({
    country: kept(facts.country),
    city: kept(facts.city),
    asn: kept(facts.asn),
    asnName: kept(facts.asnName),
    isHosting,
    isVpn,
    isProxy,
    isTor,
    isRelay,
  });
}

/** What is kept of a decision and never searched, a line for each field. */
export function detailText(told: Told, results: Results): string {
  const { request, decision } = told;
  return [
    results.text,
    reasonText(reasonOf(decision)),
    line(request.protocol, MAX_NAME),
    line(request.host, MAX_NAME),
    line(queryNames(request.query), MAX_PATH),
    line(request.headers.get("user-agent") ?? "", MAX_AGENT),
    line(request.provenance, MAX_NAME),
    decision.degraded ? "1" : "",
    line(("correlationId" in told && told.correlationId) || "", MAX_TEXT),
    factsText(factsOf(told)),
  ].join("\n");
}

const parsed = <T>(text: string, missing: T): T =>
  text === "" ? missing : (JSON.parse(text) as T);

/** As it is written, beginning with the list of results. */
function readLines(text: string): Detail {
  const [results = "", reason = "", protocol = "", host = "", query = "", userAgent = "", ...rest] =
    text.split("\n");
  const [provenance = "", degraded = "", correlationId = "", facts = ""] = rest;
  const names = query === "" ? [] : query.split("&");
  return {
    results: (JSON.parse(results) as readonly (ResultEntry | string)[]).map(whole),
    reason: parsed<ReasonData>(reason, { type: "NONE" }),
    protocol: clean(protocol, MAX_NAME),
    host: clean(host, MAX_NAME),
    query: names.map((name) => clean(name, MAX_NAME)),
    userAgent: clean(userAgent, MAX_AGENT),
    provenance: clean(provenance, MAX_NAME),
    degraded: degraded !== "",
    ...(correlationId !== "" && { correlationId: clean(correlationId, MAX_TEXT) }),
    facts: parsed(facts, {}),
  };
}

/** As earlier versions wrote it, some of which left out what was as it mostly is. */
function readJson(text: string): Detail {
  const stored = JSON.parse(text) as Omit<Detail, "results"> & {
    readonly results: readonly (ResultEntry | string)[];
  };
  return { ...MOSTLY, ...stored, results: stored.results.map(whole) };
}

/** A detail from its text; undefined when it cannot be read. */
export function readDetail(text: string | undefined): Detail | undefined {
  if (text === undefined) return undefined;
  try {
    return text.startsWith("{") ? readJson(text) : readLines(text);
  } catch {
    return undefined;
  }
}
