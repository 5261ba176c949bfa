import type { Readable } from "node:stream";
import type { Deadlines } from "./deadlines.ts";
import { MAX_MESSAGE_BYTES } from "./limits.ts";
import { RpcError } from "./rpc/code.ts";

const EMPTY = new Uint8Array(0);
/** The head of a gRPC frame comes on top of the message. */
const SLACK = 5;
/** Bytes that may be held in bodies that are not whole yet. */
export interface Budget {
  /** False when there is no room for so many more. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** A budget of so many bytes. */
export function createBudget(limit: number): Budget {
  let taken = 0;
  return {
    take: (bytes) => {
      if (taken + bytes > limit) return false;
      taken += bytes;
      return true;
    },
    give: (bytes) => {
      taken -= bytes;
    },
  };
}

/** How a body is read. */
export interface BodyOptions {
  /** What the client says of its length. */
  readonly announced: string | undefined;
  readonly deadlines: Deadlines;
  readonly budget?: Budget | undefined;
}

/**
 * Collects a body of at most 1 MiB that comes in time. A body that announces more is not read.
 *
 * @throws RpcError
 */
export function readBody(stream: Readable, options: BodyOptions): Promise<Uint8Array> {
  const { announced, deadlines, budget } = options;
  const limit = MAX_MESSAGE_BYTES + SLACK;
  if (announced !== undefined && Number(announced) > limit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const stop = (): void => {
      deadlines.end(deadline);
      budget?.give(size);
      stream.removeListener("data", take);
      stream.removeListener("end", end);
      stream.removeListener("close", cut);
    };
    const fail = (error: RpcError): void => {
      stop();
      stream.resume();
      reject(error);
    };
    const deadline = deadlines.begin(() => fail(tooSlow(deadlines.ms)));
    const take = (chunk: Uint8Array): void => {
      if (size + chunk.length > limit) return fail(tooLarge());
      if (budget?.take(chunk.length) === false) return fail(tooMuch());
      size += chunk.length;
      chunks.push(chunk);
    };
    const cut = (): void => fail(new RpcError("canceled", "the body was cut off"));
    const end = (): void => {
      stop();
      resolve(chunks.length > 1 ? Buffer.concat(chunks) : (chunks[0] ?? EMPTY));
    };
    stream.on("data", take);
    stream.on("end", end);
    // Whatever cuts a stream off, it closes without an end.
    stream.on("close", cut);
  });
}

const tooLarge = (): RpcError =>
  new RpcError("resource_exhausted", `the message exceeds ${MAX_MESSAGE_BYTES} bytes`);

const tooSlow = (ms: number): RpcError =>
  new RpcError("deadline_exceeded", `the body did not come within ${ms} ms`);

const tooMuch = (): RpcError =>
  new RpcError("resource_exhausted", "too much of this site is on its way at once");
