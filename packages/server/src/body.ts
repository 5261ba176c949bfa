import type { Readable } from "node:stream";
import { BODY_MS, MAX_MESSAGE_BYTES } from "./limits.ts";
import { RpcError } from "./rpc/code.ts";

const EMPTY = new Uint8Array(0);
/** The head of a gRPC frame comes on top of the message. */
const SLACK = 5;
/** What a stream says when no more will come although it has not ended. */
const CUT = ["error", "aborted", "close"] as const;

/**
 * Collects a body of at most 1 MiB that comes within ten seconds. A body that announces more is not read.
 *
 * @throws RpcError
 */
export function readBody(stream: Readable, announced: string | undefined): Promise<Uint8Array> {
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
      for (const event of CUT) stream.removeListener(event, cut);
    };
    const fail = (error: RpcError): void => {
      stop();
      stream.resume();
      reject(error);
    };
    const late = (): void =>
      fail(new RpcError("deadline_exceeded", `the body did not come within ${BODY_MS} ms`));
    const timer = setTimeout(late, BODY_MS);
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
    for (const event of CUT) stream.on(event, cut);
  });
}

const tooLarge = (): RpcError =>
  new RpcError("resource_exhausted", `the message exceeds ${MAX_MESSAGE_BYTES} bytes`);
