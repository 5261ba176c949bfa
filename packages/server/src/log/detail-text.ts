// What is kept of a decision and never searched, as it is stored: JSON that leaves out what is as it mostly is. It is
// put together from its parts, since most of them are fit to stand in JSON as they are.
import type { IpFacts } from "@arcjet/ip";
import type { ReasonData } from "@arcjet/protocol";
import { MAX_AGENT, MAX_NAME, MAX_PATH, MAX_TEXT } from "./limits.ts";
import { keptReason } from "./reason.ts";
import { whole, type ResultEntry, type Results } from "./results.ts";
import { clean, quoted } from "./text.ts";
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

/** Names of the parameters of a query, as JSON. Values are left out: passwords and tokens stand there. */
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
    if (name !== "") names += `${names === "" ? "" : ","}${quoted(name, MAX_NAME)}`;
  }
  return names;
}

const kept = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : clean(text, MAX_NAME);

function keptFacts(facts: IpFacts): Detail["facts"] | undefined {
  if (Object.keys(facts).length === 0) return undefined;
  const { isHosting, isVpn, isProxy, isTor, isRelay } = facts;
  return {
    country: kept(facts.country),
    city: kept(facts.city),
    asn: kept(facts.asn),
    asnName: kept(facts.asnName),
    isHosting,
    isVpn,
    isProxy,
    isTor,
    isRelay,
  };
}

/** What is kept of a decision and never searched, as text of one line. */
export function detailText(told: Told, { text: results }: Results): string {
  const { request, decision } = told;
  const host = quoted(request.host, MAX_NAME);
  const agent = quoted(request.headers.get("user-agent") ?? "", MAX_AGENT);
  const protocol = quoted(request.protocol, MAX_NAME);
  let text = `{"results":${results},"host":${host},"userAgent":${agent},"protocol":${protocol}`;
  const reason = reasonOf(decision);
  if (reason.type !== "NONE") text += `,"reason":${JSON.stringify(keptReason(reason))}`;
  const query = queryNames(request.query);
  if (query !== "") text += `,"query":[${query}]`;
  if (request.provenance !== "") text += `,"provenance":${quoted(request.provenance, MAX_NAME)}`;
  if (decision.degraded) text += `,"degraded":true`;
  const correlationId = "correlationId" in told ? told.correlationId : undefined;
  if (correlationId !== undefined) text += `,"correlationId":${quoted(correlationId, MAX_TEXT)}`;
  const facts = keptFacts(factsOf(told));
  if (facts !== undefined) text += `,"facts":${JSON.stringify(facts)}`;
  return `${text}}`;
}

/** A detail from its text; undefined when it cannot be read. */
export function readDetail(text: string | undefined): Detail | undefined {
  if (text === undefined) return undefined;
  try {
    // Written by this package, by this version or an earlier one that left nothing out.
    const stored = JSON.parse(text) as Omit<Detail, "results"> & {
      readonly results: readonly (ResultEntry | string)[];
    };
    return { ...MOSTLY, ...stored, results: stored.results.map(whole) };
  } catch {
    return undefined;
  }
}
