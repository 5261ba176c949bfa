// The HTTP/2 connections of a server.
import {
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { Socket } from "node:net";
import type { Exchange } from "./exchange.ts";
import type { ExchangeOptions } from "./http1.ts";
import { Http2Connection } from "./http2-connection.ts";
import { Http2Exchange } from "./http2.ts";
import { MAX_HEADER_BYTES, MAX_HEADER_FIELDS, MAX_STREAMS, type Patience } from "./limits.ts";

const OPTIONS = {
  maxHeaderListPairs: MAX_HEADER_FIELDS,
  settings: {
    maxConcurrentStreams: MAX_STREAMS,
    maxHeaderListSize: MAX_HEADER_BYTES,
    enablePush: false,
  },
};

export interface Sessions {
  /** Takes over a connection that speaks HTTP/2. */
  accept(socket: Socket): void;
  /** Sends clients elsewhere, and closes each connection when its streams have ended. */
  drain(): void;
  /** Resets all streams that are left. */
  reset(): void;
}

/** HTTP/2 connections whose requests go to `handle`. */
export function createSessions(
  handle: (exchange: Exchange) => void,
  { idle, linger }: Patience,
  options: ExchangeOptions,
): Sessions {
  const open = new Map<Http2Session, Http2Connection>();
  let draining = false;
  const server = createServer(OPTIONS);
  server.on("sessionError", () => undefined);

  const accept = (socket: Socket): void => {
    const opened = (session: ServerHttp2Session): void => {
      const connection = new Http2Connection(session, socket);
      open.set(session, connection);
      session.once("close", () => open.delete(session));
      session.setTimeout(idle, () => socket.destroy());
      let isTrusted = false;
      const trust = (): void => {
        if (!isTrusted) options.trust(socket);
        isTrusted = true;
      };
      const own = { deadlines: options.deadlines, trust };
      session.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
        // A stream that the client resets or breaks ends; there is nobody to tell.
        stream.on("error", () => undefined);
        connection.add(stream);
        handle(new Http2Exchange(stream, headers, own));
      });
      if (draining) connection.drain(linger);
    };
    // The session is made, and told of, before `emit` returns.
    server.once("session", opened);
    server.emit("connection", socket);
    server.removeListener("session", opened);
  };
  return {
    accept,
    drain: () => {
      draining = true;
      for (const connection of open.values()) connection.drain(linger);
    },
    reset: () => {
      for (const connection of open.values()) connection.reset();
    },
  };
}
