import type { Outgoing } from "./rpc/protocol.ts";

/** One request and its answer, over whichever HTTP it came. */
export interface Exchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** By lower-case name. */
  header(name: string): string | undefined;
  /** Reads the body once. Rejects with an RpcError when it is too large, too slow or cut off. */
  body(): Promise<Uint8Array>;
  /** Answers; does nothing when the client has gone. */
  respond(answer: Outgoing): void;
}
