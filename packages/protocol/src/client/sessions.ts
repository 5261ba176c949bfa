// The HTTP/2 connection of a client. The manager takes its listeners from a session that it gives up, and a session
// that a GOAWAY frame ends while nothing is open fails only afterwards: without anybody to listen, that error
// would end the process of the application. Here somebody always listens.
import { Http2SessionManager } from "@connectrpc/connect-node";

/** Milliseconds of silence after which the connection is asked whether it is alive. */
const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 2_000;
const IDLE_TIMEOUT_MS = 300_000;

/** The part of a session of Node that is used. */
interface Session {
  on(event: "error", listener: () => void): unknown;
}

const ignore = (): void => undefined;

/** One connection, made with the first request, checked with pings and replaced when it is dead. */
export function createSessions(baseUrl: string) {
  const manager = new Http2SessionManager(baseUrl, {
    pingIntervalMs: PING_INTERVAL_MS,
    pingTimeoutMs: PING_TIMEOUT_MS,
    idleConnectionTimeoutMs: IDLE_TIMEOUT_MS,
  });
  const heard = new WeakSet<Session>();
  const listen = (session: Session | undefined): void => {
    if (session === undefined || heard.has(session)) return;
    heard.add(session);
    session.on("error", ignore);
  };
  const request: Http2SessionManager["request"] = async (...question) => {
    const stream = await manager.request(...question);
    listen(stream.session);
    return stream;
  };
  const { authority } = manager;
  const notifyResponseByteRead: Http2SessionManager["notifyResponseByteRead"] = (stream) =>
    manager.notifyResponseByteRead(stream);
  return {
    /** What a transport needs. */
    manager: { authority, request, notifyResponseByteRead },
    /** Gives the connection up; the next request makes another. */
    abort: (): void => manager.abort(),
  };
}
