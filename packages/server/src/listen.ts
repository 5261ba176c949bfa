// One port for everything: a connection says in its first three bytes whether it speaks HTTP/2 with prior
// knowledge ("PRI") or HTTP/1.1; over TLS the handshake has said it. Each is handed to a server of its
// kind that never listens itself.
import {
  createServer as createHttp,
  type RequestListener,
  type Server as HttpServer,
} from "node:http";
import { createServer as createHttps, type Server as HttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { createConnections, type Connections } from "./connections.ts";
import { createDeadlines } from "./deadlines.ts";
import { exchangeOf1, type ExchangeOptions } from "./http1.ts";
import { createSessions, type Sessions } from "./http2-sessions.ts";
import type { Exchange } from "./exchange.ts";
import {
  MAX_CONNECTIONS,
  MAX_HEADER_BYTES,
  MAX_HEADER_FIELDS,
  PATIENCE,
  type Patience,
} from "./limits.ts";

/** Certificate chain and private key in PEM. */
export interface Tls {
  readonly cert: string | Uint8Array;
  readonly key: string | Uint8Array;
}

/** Milliseconds in which a connection that is cut off may still take what is on its way to it. */
const FLUSH_MS = 20;

export interface Listener {
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Takes no more connections, lets streams end, and after `drainMs` cuts off what is left. */
  close(drainMs: number): Promise<void>;
  connections(): number;
}

/** Milliseconds between two looks for requests that are too slow. */
const CHECK_MS = 1_000;
/** What the preface of an HTTP/2 connection begins with; no HTTP/1.1 method does. */
const PREFACE = "PRI";

/** Calls back with the first bytes, which stay in the socket; never when they do not come in time. */
function peek(socket: Socket, patienceMs: number, found: (first: string) => void): void {
  let first = "";
  const chunks: Buffer[] = [];
  const giveUp = (): void => void socket.destroy();
  const timer = setTimeout(giveUp, patienceMs);
  const stop = (): void => clearTimeout(timer);
  const take = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    chunks.push(chunk);
    first += chunk.toString("latin1", 0, PREFACE.length);
    if (first.length < PREFACE.length && PREFACE.startsWith(first)) return;
    stop();
    socket.removeListener("readable", take);
    socket.removeListener("end", giveUp);
    socket.removeListener("close", stop);
    socket.removeListener("error", stop);
    socket.unshift(Buffer.concat(chunks));
    found(first);
  };
  socket.on("close", stop);
  socket.on("error", stop);
  socket.on("end", giveUp);
  socket.on("readable", take);
}

function startHttp1(
  handle: (exchange: Exchange) => void,
  tls: Tls | undefined,
  patience: Patience,
  exchange: ExchangeOptions,
): HttpServer | HttpsServer {
  const options = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: patience.headers,
    requestTimeout: patience.headers + patience.body,
    keepAliveTimeout: patience.idle,
    connectionsCheckingInterval: Math.min(CHECK_MS, patience.headers),
  };
  const onRequest: RequestListener = (request, response) => {
    response.on("error", () => undefined);
    handle(exchangeOf1(request, response, exchange));
  };
  const server = tls
    ? createHttps(
        {
          ...options,
          cert: Buffer.from(tls.cert),
          key: Buffer.from(tls.key),
          ALPNProtocols: ["h2", "http/1.1"],
          minVersion: "TLSv1.2",
          handshakeTimeout: patience.firstBytes,
        },
        onRequest,
      )
    : createHttp(options, onRequest);
  server.maxHeadersCount = MAX_HEADER_FIELDS;
  return server;
}

/** Takes no more connections, and resolves when all are closed: by themselves, or cut off after `drainMs`. */
async function stop(
  http1: HttpServer | HttpsServer,
  http2: Sessions,
  connections: Connections,
  drainMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => http1.close(() => resolve()));
  http1.closeIdleConnections();
  http2.drain();
  const cutOff = (): void => {
    // A client that is told that its stream ends does not wait for an answer.
    http2.reset();
    setTimeout(connections.destroy, FLUSH_MS);
  };
  const timer = setTimeout(cutOff, drainMs);
  const idle = setInterval(() => http1.closeIdleConnections(), 50);
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
}

function listenAt(server: HttpServer | HttpsServer, port: number, host: string) {
  return new Promise<AddressInfo>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      // A listening TCP server has an address with a port.
      resolve(server.address() as AddressInfo);
    });
  });
}

/** A listener that gives each request to `handle`. */
export function createListener(
  handle: (exchange: Exchange) => void,
  tls?: Tls,
  patience: Patience = PATIENCE,
  maxConnections: number = MAX_CONNECTIONS,
): Listener {
  const connections = createConnections(maxConnections);
  const exchange = { deadlines: createDeadlines(patience.body), trust: connections.trust };
  const http2 = createSessions(handle, patience, exchange);
  // The HTTP/1.1 server owns the port, since only a listening one watches over slow headers. What it
  // would do with a connection is kept for those that turn out to be its own.
  const http1 = startHttp1(handle, tls, patience, exchange);
  const event = tls ? "secureConnection" : "connection";
  const [ownConnection] = http1.listeners(event);
  http1.removeAllListeners(event);
  const dispatch = (socket: Socket, isHttp2: boolean): void => {
    if (isHttp2) http2.accept(socket);
    else ownConnection?.call(http1, socket);
  };
  /** Those that have not said yet which HTTP they speak: nothing of theirs is on its way. */
  const silent = new Set<Socket>();
  http1.on("connection", (socket: Socket) => {
    socket.on("error", () => socket.destroy());
    connections.admit(socket);
    socket.setNoDelay(true);
    if (tls) return;
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
    peek(socket, patience.firstBytes, (first) => {
      silent.delete(socket);
      dispatch(socket, first === PREFACE);
    });
  });
  if (tls)
    http1.on("secureConnection", (socket: TLSSocket) => {
      socket.on("error", () => socket.destroy());
      dispatch(socket, socket.alpnProtocol === "h2");
    });
  return {
    listen: (port, host) => listenAt(http1, port, host),
    close: (drainMs) => {
      for (const socket of silent) socket.destroy();
      return stop(http1, http2, connections, drainMs);
    },
    connections: connections.count,
  };
}
