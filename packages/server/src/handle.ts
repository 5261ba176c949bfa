// What is at which path.
import type { Exchange } from "./exchange.ts";
import type { Metrics } from "./metrics.ts";
import type { PageServer } from "./pages.ts";
import { CODES, toRpcError } from "./rpc/code.ts";
import { CONTENT_TYPES, protocolOf, type Outgoing } from "./rpc/protocol.ts";
import {
  decideProcedure,
  reportProcedure,
  runCall,
  type Call,
  type ServiceOptions,
} from "./service.ts";
import type { Tracer } from "./tracing.ts";

const SERVICE = "/proto.decide.v1alpha1.DecideService/";

export interface HandlerOptions extends ServiceOptions {
  readonly metrics: Metrics;
  readonly tracer: Tracer | undefined;
  /** Whether new calls are welcome. */
  readonly ready: () => boolean;
  /** The body of `/metrics`; undefined when there is none. */
  readonly renderMetrics: (() => string) | undefined;
  /** What is at all other paths. */
  readonly pages: PageServer | undefined;
}

function page(status: number, text: string, headers: Record<string, string> = {}): Outgoing {
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    body: Buffer.from(text),
  };
}

/** The pages about the server itself. */
function ownPage(path: string, { ready, renderMetrics }: HandlerOptions): Outgoing | undefined {
  switch (path) {
    case "/healthz":
      return page(200, "ok\n");
    case "/readyz":
      return ready() ? page(200, "ready\n") : page(503, "stopping\n");
    case "/metrics":
      if (renderMetrics)
        return {
          ...page(200, renderMetrics()),
          headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
        };
  }
  return undefined;
}

/** Handles every request of a server. */
export function createHandler(options: HandlerOptions): (exchange: Exchange) => void {
  const { metrics, log, tracer, pages } = options;
  const procedures = new Map([
    ["Decide", decideProcedure(options)],
    ["Report", reportProcedure(options)],
  ]);
  const answer = async (exchange: Exchange): Promise<Outgoing> => {
    const { path, method } = exchange;
    const name = path.slice(SERVICE.length);
    const procedure = procedures.get(name);
    if (procedure === undefined) return page(404, "no such procedure\n");
    if (method !== "POST") return page(405, "only POST is allowed\n", { allow: "POST" });
    const protocol = protocolOf(exchange.header("content-type"));
    if (protocol === undefined)
      return page(415, "unknown type\n", { "accept-post": CONTENT_TYPES });
    const span = tracer?.start(`arcjet.${name}`, (field) => exchange.header(field));
    const call: Call = { exchange, protocol, span };
    try {
      const message = await runCall(call, procedure, options);
      metrics.called(name, "ok");
      return protocol.answer(message);
    } catch (cause) {
      const error = toRpcError(cause);
      if (error !== cause) log.error({ error: cause, procedure: name }, "a call failed");
      metrics.called(name, error.code);
      span?.setAttribute("rpc.grpc.status_code", CODES[error.code].grpc);
      return protocol.fail(error);
    } finally {
      span?.end();
    }
  };
  return (exchange) => {
    if (!exchange.path.startsWith(SERVICE)) {
      const own = ownPage(exchange.path, options);
      if (own || !pages) exchange.respond(own ?? page(404, "not found\n"));
      else void pages.serve(exchange);
      return;
    }
    answer(exchange).then(
      (outgoing) => exchange.respond(outgoing),
      (cause: unknown) => {
        log.error({ error: cause }, "a request failed");
        exchange.respond(page(500, "the server failed\n"));
      },
    );
  };
}
