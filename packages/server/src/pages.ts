// Pages beside the service: whatever an application, such as a dashboard, puts at paths that are not the
// server's own. It sees web-standard requests and gives web-standard responses, streams among them.
import type { Logger } from "@arcjet/core";
import type { Exchange, OutgoingPage } from "./exchange.ts";
import { MAX_OPEN_PAGES } from "./limits.ts";
import { CODES, RpcError } from "./rpc/code.ts";

/** Where a request for a page comes from. */
export interface PageOrigin {
  /** Address at the other end of the connection, which may be a proxy. */
  readonly address: string;
}

/**
 * Answers requests for paths that are not the server's own. `request.signal` aborts when the client goes
 * or the server stops: an answer without an end, such as a live feed, ends itself then.
 */
export type Pages = (request: Request, origin: PageOrigin) => Response | Promise<Response>;

/** Pages on their way. */
export interface PageServer {
  serve(exchange: Exchange): Promise<void>;
  /** Aborts the signals of all requests on their way. */
  stop(): void;
}

export interface PageServerOptions {
  readonly pages: Pages;
  readonly scheme: "http" | "https";
  readonly log: Logger;
}

const TEXT = { "content-type": "text/plain; charset=utf-8" };
/** Fields of one connection, which HTTP/2 forbids. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding"]);

function plain(status: number, text: string): OutgoingPage {
  return { status, headers: TEXT, body: new Response(text).body };
}

async function requestOf(
  exchange: Exchange,
  scheme: string,
  signal: AbortSignal,
): Promise<Request | undefined> {
  const { method, target, host } = exchange;
  const address = `${scheme}://${host}${target}`;
  if (!target.startsWith("/") || !URL.canParse(address)) return undefined;
  const headers = new Headers();
  for (const [name, value] of exchange.headers())
    if (!HOP_BY_HOP.has(name)) headers.append(name, value);
  const hasBody = method !== "GET" && method !== "HEAD";
  // Copied, since Request takes only bytes that are not shared.
  const body = hasBody ? new Uint8Array(await exchange.body()) : null;
  try {
    return new Request(address, { method, headers, signal, body });
  } catch {
    // A method such as TRACE, or a URL with a name in it.
    return undefined;
  }
}

function pageOf(response: Response, method: string): OutgoingPage {
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of response.headers) if (!HOP_BY_HOP.has(name)) headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  return { status: response.status, headers, body: method === "HEAD" ? null : response.body };
}

/** Serves pages, so many at once. */
export function createPageServer({ pages, scheme, log }: PageServerOptions): PageServer {
  const open = new Set<AbortController>();

  const answer = async (exchange: Exchange, signal: AbortSignal): Promise<OutgoingPage> => {
    try {
      const request = await requestOf(exchange, scheme, signal);
      if (request === undefined) return plain(400, "bad request\n");
      return pageOf(await pages(request, { address: exchange.peer }), exchange.method);
    } catch (cause) {
      if (cause instanceof RpcError) {
        const status = cause.code === "resource_exhausted" ? 413 : CODES[cause.code].status;
        return plain(status, `${cause.message}\n`);
      }
      log.error({ error: cause, path: exchange.path }, "a page failed");
      return plain(500, "the page failed\n");
    }
  };

  return {
    serve: async (exchange) => {
      if (open.size >= MAX_OPEN_PAGES) return exchange.send(plain(503, "too many pages at once\n"));
      const controller = new AbortController();
      open.add(controller);
      exchange.onClose(() => controller.abort());
      try {
        await exchange.send(await answer(exchange, controller.signal));
      } catch (cause) {
        // The client has gone, or the body broke off in the middle; the status is sent already.
        if (!controller.signal.aborted) log.warn({ error: cause }, "a page broke off");
      } finally {
        open.delete(controller);
      }
    },
    stop: () => {
      for (const controller of open) controller.abort();
    },
  };
}
