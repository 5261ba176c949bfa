/**
 * Denials that were probably mistaken: the application answered the request with success, and the client
 * is otherwise an ordinary one that comes back. The number of clients that are remembered is bounded; those$
 * was never denied and was not seen for longest is forgotten first.
 */
import type { Decision, RuleResult } from "@arcjet/core";
import type { LogEntry } from "./entry.ts";
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
  readonly method: string;
  readonly path: string;
  readonly userAgent: string | null;
  readonly status: number;
  /** What would let it pass. */
  readonly exempt: string | null;
}

/** Clients remembered. */
export const MAX_CLIENTS = 32_768;
/** A client comes back when it was allowed, and served, at least so often. */
export const RETURNING = 5;
/** An ordinary client is denied at most every fifth time, and as rarely asks for what is not there. */
const ORDINARY_SHARE = 0.2;
const MAX_PATH = 512;

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
  const query = entry.target.indexOf("?");
  const path = query === -1 ? entry.target : entry.target.slice(0, query);
  const agent = entry.headers["user-agent"];
  return {
    rule: decision.results.indexOf(result),
    type: result.data.type,
    reason: reasonText(result.data),
    method: entry.method,
    path: path.slice(0, MAX_PATH),
    userAgent: typeof agent === "string" ? agent.slice(0, MAX_PATH) : null,
    status: entry.status,
    exempt: exemptionText(result.data) ?? null,
  };
}

export class Suspects {
  #clients = new Map<string, Client>();
  readonly #capacity: number;

  constructor(capacity: number = MAX_CLIENTS) {
    this.#capacity = capacity;
  }

  /** `denial` is what denied the request, or would have without DRY_RUN. */
  add(entry: LogEntry, name: string, decision: Decision, denial: RuleResult | undefined): void {
    const client = this.#clientOf(name);
    const { status } = entry;
    client.requests++;
    if (status >= 400 && status < 500) client.refused++;
    if (denial === undefined) {
      if (isServed(status)) client.served++;
      return;
    }
    client.denied++;
    if (status >= 200 && status < 300) client.sample = sampleOf(entry, decision, denial);
  }

  /** The clients most worth a look: those that were served most. */
  top(count: number): readonly Suspect[] {
    return [...this.#clients]
      .filter(([, client]) => isOrdinary(client))
      .toSorted(([, a], [, b]) => b.served - a.served)
      .slice(0, count)
      .map(([client, { requests, denied, sample }]) => ({ client, requests, denied, ...sample! }));
  }

  #clientOf(name: string): Client {
    const known = this.#clients.get(name);
    if (known) return known;
    if (this.#clients.size >= this.#capacity) this.#forget();
    const made: Client = { requests: 0, denied: 0, served: 0, refused: 0, sample: undefined };
    this.#clients.set(name, made);
    return made;
  }

  /** Keeps half of them: whom a suspicion is about, and of the others those that came most often. */
  #forget(): void {
    const weight = ({ sample, served, requests }: Client): number =>
      (sample === undefined ? 0 : 2 ** 32) + served * 2 + requests;
    const kept = [...this.#clients]
      .toSorted(([, a], [, b]) => weight(b) - weight(a))
      .slice(0, this.#capacity >> 1);
    this.#clients = new Map(kept);
  }
}

function isOrdinary({ requests, denied, served, refused, sample }: Client): boolean {
  return (
    sample !== undefined &&
    served >= RETURNING &&
    denied <= requests * ORDINARY_SHARE &&
    refused <= requests * ORDINARY_SHARE
  );
}
