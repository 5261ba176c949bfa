import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { readBody } from "./body.ts";
import type { Exchange } from "./exchange.ts";
import { withoutQuery } from "./http1.ts";

/** A request over HTTP/2, on the stream itself: the compatibility layer costs more than a decision. */
export function exchangeOf2(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Exchange {
  return {
    method: headers[":method"] ?? "GET",
    path: withoutQuery(headers[":path"] ?? "/"),
    header: (name) => {
      const value = headers[name];
      return typeof value === "object" ? value.join(", ") : value;
    },
    body: () => readBody(stream, headers["content-length"]),
    respond: ({ status, headers, body, trailers }) => {
      if (stream.destroyed || stream.headersSent) return;
      const head = { ":status": status, ...headers };
      if (trailers) {
        stream.once("wantTrailers", () => {
          if (!stream.destroyed) stream.sendTrailers(trailers);
        });
        stream.respond(head, { waitForTrailers: true });
      } else stream.respond(head);
      stream.end(body);
      // A client that is still sending may stop: its answer is there.
      if (!stream.readableEnded)
        stream.once("finish", () => stream.close(constants.NGHTTP2_NO_ERROR));
    },
  };
}
