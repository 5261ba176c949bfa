import type { Readable } from "node:stream";
import { MAX_MESSAGE_BYTES } from "./limits.ts";
import { RpcError } from "./rpc/code.ts";

const EMPTY = new Uint8Array(0);
/** The head of a gRPC frame comes on top of the message. */
const SLACK = 5;
/**
 * Collects a body of at most 1 MiB that comes within so many milliseconds. A body that announces more is not read.
 *
 * @throws RpcError
 */
export function readBody(
  stream: Readable,
  announced: string | undefined,
  patienceMs: number,
): Promise<Uint8Array> {
  const limit = MAX_MESSAGE_BYTES + SLACK;
  if (announced !== undefined && Number(announced) > limit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    let first: Uint8Array | undefined;
    let rest: Uint8Array[] | undefined;
    let size = 0;
    const stop = (): void => {
      clearTimeout(timer);
      stream.removeListener("data", take);
      stream.removeListener("end", end);
      stream.removeListener("close", cut);
    };
    const fail = (error: RpcError): void => {
      stop();
      stream.resume();
      reject(error);
    };
    const late = (): void =>
      fail(new RpcError("deadline_exceeded", `the body did not come within ${patienceMs} ms`));
    const timer = setTimeout(late, patienceMs);
    const take = (chunk: Uint8Array): void => {
      size += chunk.length;
      if (size > limit) return fail(tooLarge());
      if (first === undefined) first = chunk;
      else (rest ??= []).push(chunk);
    };
    const cut = (): void => fail(new RpcError("canceled", "the body was cut off"));
    const end = (): void => {
      stop();
      resolve(rest ? Buffer.concat([first!, ...rest]) : (first ?? EMPTY));
    };
    stream.on("data", take);
    stream.on("end", end);
    // Whatever cuts a stream off, it closes without an end.
    stream.on("close", cut);
  });
}

const tooLarge = (): RpcError =>
  new RpcError("resource_exhausted", `the message exceeds ${MAX_MESSAGE_BYTES} bytes`);
