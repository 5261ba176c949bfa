import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import { readBody } from "./body.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Exchange } from "./exchange.ts";

/** What the listener gives to each exchange. */
export interface ExchangeOptions {
  /** For bodies. */
  readonly deadlines: Deadlines;
  /** Told of the socket of a client that has shown a key. */
  readonly trust: (socket: Socket) => void;
}

/** A request over HTTP/1.1. */
export function exchangeOf1(
  request: IncomingMessage,
  response: ServerResponse,
  { deadlines, trust }: ExchangeOptions,
): Exchange {
  const { url = "/", method = "GET", headers } = request;
  return {
    method,
    path: withoutQuery(url),
    target: url,
    host: headers.host ?? "",
    peer: request.socket.remoteAddress ?? "",
    trust: () => trust(request.socket),
    header: (name) => joined(headers[name]),
    headers: () => fieldsOf(headers),
    body: (budget) =>
      readBody(request, { announced: headers["content-length"], deadlines, budget }),
    respond: ({ status, headers, body, trailers }) => {
      if (response.destroyed || response.headersSent) return;
      if (isUnread(request)) response.setHeader("connection", "close");
      if (trailers) {
        response.writeHead(status, { ...headers, trailer: Object.keys(trailers).join(", ") });
        response.addTrailers(trailers);
      } else response.writeHead(status, { ...headers, "content-length": body.length });
      response.end(body);
    },
    send: async ({ status, headers, body }) => {
      if (response.destroyed || response.headersSent) return;
      if (isUnread(request)) response.setHeader("connection", "close");
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response.statusCode = status;
      if (body === null) response.end();
      else await pipeline(body, response);
    },
    onClose: (closed) => void response.once("close", closed),
  };
}

/** Whether there is a body of which something is left: it would be taken for the next request. */
function isUnread({ complete, headers }: IncomingMessage): boolean {
  const { "content-length": length = "0", "transfer-encoding": coding } = headers;
  return !complete && (length !== "0" || coding !== undefined);
}

function joined(value: string | string[] | undefined): string | undefined {
  return typeof value === "object" ? value.join(", ") : value;
}

/** Header fields by name, without those that belong to HTTP/2. */
export function* fieldsOf(headers: IncomingHttpHeaders): Iterable<readonly [string, string]> {
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !name.startsWith(":")) yield [name, joined(value) ?? ""];
}

/** The part of a request target before its query. */
export function withoutQuery(target: string): string {
  const question = target.indexOf("?");
  return question === -1 ? target : target.slice(0, question);
}
