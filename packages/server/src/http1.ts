import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "./body.ts";
import type { Exchange } from "./exchange.ts";

/** A request over HTTP/1.1. */
export function exchangeOf1(request: IncomingMessage, response: ServerResponse): Exchange {
  const { url = "/", method = "GET", headers } = request;
  return {
    method,
    path: withoutQuery(url),
    header: (name) => {
      const value = headers[name];
      return typeof value === "object" ? value.join(", ") : value;
    },
    body: () => readBody(request, headers["content-length"]),
    respond: ({ status, headers, body, trailers }) => {
      if (response.destroyed || response.headersSent) return;
      // What is left of a body that was not read would be taken for the next request.
      if (!request.complete) response.setHeader("connection", "close");
      if (trailers) {
        response.writeHead(status, { ...headers, trailer: Object.keys(trailers).join(", ") });
        response.addTrailers(trailers);
      } else response.writeHead(status, { ...headers, "content-length": body.length });
      response.end(body);
    },
  };
}

export function withoutQuery(target: string): string {
  const question = target.indexOf("?");
  return question === -1 ? target : target.slice(0, question);
}
