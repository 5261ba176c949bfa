import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { pipeline } from "node:stream/promises";
import { readBody } from "./body.ts";
import type { Exchange } from "./exchange.ts";
import { fieldsOf, withoutQuery } from "./http1.ts";

/** A request over HTTP/2, on the stream itself: the compatibility layer costs more than a decision. */
export function exchangeOf2(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  bodyMs: number,
): Exchange {
  return {
    method: headers[":method"] ?? "GET",
    path: withoutQuery(headers[":path"] ?? "/"),
    target: headers[":path"] ?? "/",
    host: headers[":authority"] ?? headers.host ?? "",
    get peer() {
      return stream.session?.socket.remoteAddress ?? "";
    },
    headers: () => fieldsOf(headers),
    header: (name) => {
      const value = headers[name];
      return typeof value === "object" ? value.join(", ") : value;
    },
    body: () => readBody(stream, headers["content-length"], bodyMs),
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
    send: async ({ status, headers, body }) => {
      if (stream.destroyed || stream.headersSent) return;
      const head = { ":status": status, ...headers };
      stream.respond(head, { endStream: body === null });
      if (body !== null) await pipeline(body, stream);
    },
    onClose: (closed) => void stream.once("close", closed),
  };
}
