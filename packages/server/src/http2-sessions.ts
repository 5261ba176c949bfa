// The HTTP/2 connections of a server. One without open streams is closed without a GOAWAY frame: that frame
// makes a widely used client end its process when a question comes before the socket has closed.
import {
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { Socket } from "node:net";
import type { Exchange } from "./exchange.ts";
import { Http2Exchange } from "./http2.ts";
import { MAX_HEADER_BYTES, MAX_HEADER_FIELDS, MAX_STREAMS, type Patience } from "./limits.ts";

export interface Sessions {
  /** Takes over a connection that speaks HTTP/2. */
  accept(socket: Socket): void;
  /** Takes no more streams, and closes each connection when it has none left. */
  drain(): void;
  /** Resets all streams that are left. */
  reset(): void;
}

interface Connection {
  readonly socket: Socket;
  readonly streams: Set<ServerHttp2Stream>;
}

/** HTTP/2 connections whose requests go to `handle`. */
export function createSessions(handle: (exchange: Exchange) => void, patience: Patience): Sessions {
  const connections = new Map<Http2Session, Connection>();
  const server = createServer({
    maxHeaderListPairs: MAX_HEADER_FIELDS,
    settings: {
      maxConcurrentStreams: MAX_STREAMS,
      maxHeaderListSize: MAX_HEADER_BYTES,
      enablePush: false,
    },
  });
  server.on("sessionError", () => undefined);
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const streams = stream.session && connections.get(stream.session)?.streams;
    streams?.add(stream);
    stream.once("close", () => streams?.delete(stream));
    // A stream that the client resets or breaks ends; there is nobody to tell.
    stream.on("error", () => undefined);
    handle(new Http2Exchange(stream, headers, patience.body));
  });
  return {
    accept: (socket) => {
      const opened = (session: ServerHttp2Session): void => {
        connections.set(session, { socket, streams: new Set() });
        session.once("close", () => connections.delete(session));
        session.setTimeout(patience.idle, () => socket.destroy());
      };
      // The session is made, and told of, before `emit` returns.
      server.once("session", opened);
      server.emit("connection", socket);
      server.removeListener("session", opened);
    },
    drain: () => {
      for (const [session, { socket, streams }] of connections)
        if (streams.size === 0) socket.destroy();
        else session.close();
    },
    reset: () => {
      for (const { streams } of connections.values())
        for (const stream of streams) stream.close(constants.NGHTTP2_CANCEL);
    },
  };
}
