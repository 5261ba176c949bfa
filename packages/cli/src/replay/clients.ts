/**
 * The clients of a log, and those that were probably denied by mistake: the application answered the request
 * with success, and the client is otherwise an ordinary one that comes back. The number of clients that are
 * remembered is bounded; those that no suspicion is about and that came least are forgotten first, so that
 * counts are exact while no more clients came than fit, and otherwise those that are certain.
 */
import type { Decision, RuleResult } from "@arcjet/core";
import type { ReasonData } from "@arcjet/protocol";
import { pathOf, type LogEntry } from "./entry.ts";
import { topHitters, type Hitter } from "./heavy-hitters.ts";
import { medianOf } from "./median.ts";
import { MAX_KEPT, ownText } from "./own-text.ts";
import { exemptionText, reasonText } from "./reason-text.ts";

/** A denied request that was probably a good one, the last of its client. */
export interface Suspect {
  readonly client: string;
  /** Requests of the client, and how many of them were denied. */
  readonly requests: number;
  readonly denied: number;
  /** Index of the rule that denied. */
  readonly rule: number;
  readonly type: string;
  readonly reason: string;
  /** What an attack detector saw, and where; null for other rules. */
  readonly evidence: string | null;
  readonly method: string;
  readonly path: string;
  readonly userAgent: string | null;
  readonly status: number;
  /** What would let it pass. */
  readonly exempt: string | null;
}

/** Clients remembered. */
export const MAX_CLIENTS = 65_536;
/** A client comes back when it was allowed, and served, at least so often. */
export const RETURNING = 5;
/** An ordinary client is denied at most every fifth time, and as rarely asks for what is not there. */
const ORDINARY_SHARE = 0.2;
const MAX_PATH = 512;
/** Heavier than any count. */
const SUSPECTED = 2 ** 40;

interface Client {
  requests: number;
  denied: number;
  /** Allowed requests that were answered with success or a redirect. */
  served: number;
  /** Requests that were answered with 4xx. */
  refused: number;
  /** The last request that was denied and had been served. */
  sample: Sample | undefined;
}

type Sample = Omit<Suspect, "client" | "requests" | "denied">;

const isServed = (status: number): boolean => status >= 200 && status < 400;

function sampleOf(entry: LogEntry, decision: Decision, result: RuleResult): Sample {
  const agent = entry.headers["user-agent"];
  return {
    rule: decision.results.indexOf(result),
    type: result.data.type,
    reason: reasonText(result.data),
    evidence: evidenceOf(result.data),
    method: ownText(entry.method),
    path: ownText(pathOf(entry.target), MAX_PATH),
    userAgent: typeof agent === "string" ? ownText(agent, MAX_PATH) : null,
    status: entry.status,
    exempt: exemptionText(result.data) ?? null,
  };
}

function evidenceOf(reason: ReasonData): string | null {
  const [found] = reason.type === "SHIELD" ? reason.findings : [];
  return found === undefined ? null : ownText(`${found.location}: ${found.evidence}`);
}

function isOrdinary({ requests, denied, served, refused, sample }: Client): boolean {
  return (
    sample !== undefined &&
    served >= RETURNING &&
    denied <= requests * ORDINARY_SHARE &&
    refused <= requests * ORDINARY_SHARE
  );
}

const weightOf = ({ sample, denied, requests }: Client): number =>
  (sample === undefined ? 0 : SUSPECTED) + denied + requests;

export class Clients {
  #clients = new Map<string, Client>();
  readonly #capacity: number;

  constructor(capacity: number = MAX_CLIENTS) {
    this.#capacity = capacity;
  }

  /** Clients that are remembered. */
  get size(): number {
    return this.#clients.size;
  }

  /** `denial` is the rule that denied, or would have without DRY_RUN. */
  add(
    entry: LogEntry,
    name: string,
    decision: Decision,
    denial: RuleResult | undefined,
    denied: boolean,
  ): void {
    const client = this.#clientOf(name);
    const { status } = entry;
    client.requests++;
    if (status >= 400 && status < 500) client.refused++;
    if (denied) client.denied++;
    else if (isServed(status)) client.served++;
    if (denial !== undefined && status >= 200 && status < 300)
      client.sample = sampleOf(entry, decision, denial);
  }

  /** The first clients by denials, then by requests. */
  top(count: number): readonly Hitter[] {
    return topHitters(this.#clients, count);
  }

  /** The suspicions most worth a look: those about the clients that were served most. */
  suspects(count: number): readonly Suspect[] {
    return [...this.#clients]
      .filter(([, client]) => isOrdinary(client))
      .toSorted(([, a], [, b]) => b.served - a.served)
      .slice(0, count)
      .map(([client, { requests, denied, sample }]) => ({ client, requests, denied, ...sample! }));
  }

  #clientOf(client: string): Client {
    const name = client.length > MAX_KEPT ? ownText(client) : client;
    const known = this.#clients.get(name);
    if (known) return known;
    if (this.#clients.size >= this.#capacity) this.#forget();
    const made: Client = { requests: 0, denied: 0, served: 0, refused: 0, sample: undefined };
    this.#clients.set(ownText(name, Infinity), made);
    return made;
  }

  /** Keeps at most half of them. */
  #forget(): void {
    const limit = medianOf(Float64Array.from(this.#clients.values(), weightOf));
    const kept = new Map<string, Client>();
    for (const [name, client] of this.#clients)
      if (weightOf(client) > limit) kept.set(name, client);
    this.#clients = kept;
  }
}
