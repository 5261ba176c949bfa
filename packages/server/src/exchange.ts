import type { Budget } from "./body.ts";
import type { Outgoing } from "./rpc/protocol.ts";

/** What goes back for a page: its body may come bit by bit and without end. */
export interface OutgoingPage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** One request and its answer, over whichever HTTP it came. */
export interface Exchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Path and query as received. */
  readonly target: string;
  /** What the client calls this server: the Host header or `:authority`. */
  readonly host: string;
  /** Address at the other end of the connection. */
  readonly peer: string;
  /** The client has shown a key: its connection keeps its place when there are too many. */
  trust(): void;
  /** By lower-case name. */
  header(name: string): string | undefined;
  /** All header fields, by lower-case name, pseudo-headers left out. */
  headers(): Iterable<readonly [string, string]>;
  /** Reads the body once. Rejects with an RpcError when it is too large, too slow or cut off. */
  body(budget?: Budget): Promise<Uint8Array>;
  /** Answers; does nothing when the client has gone. */
  respond(answer: Outgoing): void;
  /** Answers with a page, as fast as the client takes it. Resolves when it is sent or the client has gone. */
  send(page: OutgoingPage): Promise<void>;
  /** Calls back once when the connection or the stream ends, however that comes. */
  onClose(closed: () => void): void;
}
