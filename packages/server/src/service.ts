// The two procedures, from an exchange to an answer: who asks, what, within which limits.
import { isPromise } from "@arcjet/core/node";
import type { Logger } from "@arcjet/core";
import {
  createDecideResponseEncoder,
  DecideResponseSchema,
  decisionFromWire,
  decisionToWire,
  detailsFromWire,
  FULL,
  PUBLISHED,
  ReportRequestSchema,
  ReportResponseSchema,
  ruleFromWire,
} from "@arcjet/protocol/wire";
import { create } from "@bufbuild/protobuf";
import type { Budget } from "./body.ts";
import type { Exchange } from "./exchange.ts";
import { bearerOf, type Keyring } from "./keys.ts";
import { MAX_DECISION_MS } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import { RpcError } from "./rpc/code.ts";
import { readMessage, writeMessage } from "./rpc/codec.ts";
import { decompress } from "./rpc/compression.ts";
import type { Codec, Protocol } from "./rpc/protocol.ts";
import { readQuestion } from "./rpc/question.ts";
import { tellSinks, type DecisionSink } from "./sink.ts";
import type { Decided, Site } from "./site.ts";
import type { Span } from "./tracing.ts";

/** A site, and what of it is on its way. */
export interface OpenSite {
  readonly name: string;
  readonly site: Site;
  /** For bodies that are not whole yet: they are no calls, however many do not end. */
  readonly budget: Budget;
  /** Calls that are being answered. */
  inFlight: number;
}

export interface ServiceOptions {
  readonly keyring: () => Keyring;
  readonly siteOf: (name: string) => OpenSite;
  readonly maxConcurrent: number;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: () => number;
  readonly sinks: readonly DecisionSink[];
}

/** One call of a procedure. */
export interface Call {
  readonly exchange: Exchange;
  readonly protocol: Protocol;
  readonly span: Span | undefined;
}

type Procedure = (
  site: OpenSite,
  codec: Codec,
  message: Uint8Array,
  call: Call,
) => Uint8Array | Promise<Uint8Array>;

const MS = 1_000;

/** Finds the site of a call, reads its message within the limits, and runs the procedure. */
export async function runCall(
  call: Call,
  procedure: Procedure,
  options: ServiceOptions,
): Promise<Uint8Array> {
  const { exchange, protocol } = call;
  const header = (name: string): string | undefined => exchange.header(name);
  const key = bearerOf(header("authorization"));
  const name = key === undefined ? undefined : options.keyring()(key);
  if (name === undefined)
    throw new RpcError("unauthenticated", "the site key is missing, unknown or revoked");
  exchange.trust();
  call.span?.setAttribute("arcjet.site", name);
  const site = options.siteOf(name);
  const timeoutMs = Math.min(protocol.timeoutMs(header) ?? MAX_DECISION_MS, MAX_DECISION_MS);
  const body = await exchange.body(site.budget);
  if (site.inFlight >= options.maxConcurrent)
    throw new RpcError("resource_exhausted", "too many calls of this site at once");
  site.inFlight++;
  try {
    const { codec, encoding, message } = protocol.open(body, header);
    const plain = encoding === "" ? message : await decompress(message, encoding);
    const answer = procedure(site, codec, plain, call);
    return isPromise(answer) ? await within(answer, timeoutMs) : answer;
  } finally {
    site.inFlight--;
  }
}

function within<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void =>
      reject(new RpcError("deadline_exceeded", `no decision within ${timeoutMs} ms`));
    const timer = setTimeout(late, timeoutMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** `Decide`. */
export function decideProcedure(options: ServiceOptions): Procedure {
  const { metrics, clock } = options;
  const encode = createDecideResponseEncoder(Buffer.allocUnsafe);
  return (open, codec, bytes, { span }) => {
    const started = performance.now();
    const question = readQuestion(codec, bytes);
    const dialect = question.dialect > 0 ? FULL : PUBLISHED;
    const finish = ({ decision, request, specs }: Decided): Uint8Array => {
      const { conclusion, reason, id } = decision;
      const type = reason.type === "CUSTOM" ? "NONE" : reason.type;
      if (decision.degraded) metrics.degraded(open.name);
      metrics.decided(open.name, conclusion, type, (performance.now() - started) / MS);
      span?.setAttribute("arcjet.decision", id);
      span?.setAttribute("arcjet.conclusion", conclusion);
      if (options.sinks.length > 0)
        tellSinks(options, {
          site: open.name,
          source: "decide",
          time: clock(),
          decision,
          request,
          specs,
        });
      if (codec === "proto") return encode(decision, dialect);
      const answer = create(DecideResponseSchema, { decision: decisionToWire(decision, dialect) });
      return writeMessage(DecideResponseSchema, codec, answer);
    };
    const decided = open.site.decide(question);
    return isPromise(decided) ? decided.then(finish) : finish(decided);
  };
}

/** `Report`. */
export function reportProcedure(options: ServiceOptions): Procedure {
  return async (open, codec, bytes) => {
    const message = readMessage(ReportRequestSchema, codec, bytes);
    const { details, decision, rules } = message;
    if (details === undefined) throw new RpcError("invalid_argument", "`details` is missing");
    if (decision) {
      const specs = rules.map(ruleFromWire);
      const isWhole = specs.length === decision.ruleResults.length;
      const data = decisionFromWire(decision, isWhole ? specs : []);
      options.metrics.reported(open.name, data.conclusion);
      tellSinks(options, {
        site: open.name,
        source: "report",
        time: options.clock(),
        decision: data,
        request: detailsFromWire(details),
        specs,
      });
    }
    await open.site.report(message);
    return writeMessage(ReportResponseSchema, codec, create(ReportResponseSchema));
  };
}
