import type { Readable } from "node:stream";
import { BODY_MS, MAX_MESSAGE_BYTES } from "./limits.ts";
import { RpcError } from "./rpc/code.ts";

const EMPTY = new Uint8Array(0);
/** The head of a gRPC frame comes on top of the message. */
const SLACK = 5;

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
    const fail = (error: RpcError): void => {
      clearTimeout(timer);
      stream.removeListener("data", take);
      stream.resume();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new RpcError("deadline_exceeded", `the body did not come within ${BODY_MS} ms`)),
      BODY_MS,
    );
    const take = (chunk: Uint8Array): void => {
      size += chunk.length;
      if (size > limit) return fail(tooLarge());
      if (first === undefined) first = chunk;
      else (rest ??= []).push(chunk);
    };
    const cut = (): void => fail(new RpcError("canceled", "the body was cut off"));
    stream.on("data", take);
    stream.on("error", cut);
    stream.on("aborted", cut);
    stream.on("close", cut);
    stream.on("end", () => {
      clearTimeout(timer);
      resolve(rest ? Buffer.concat([first!, ...rest]) : (first ?? EMPTY));
    });
  });
}

const tooLarge = (): RpcError =>
  new RpcError("resource_exhausted", `the message exceeds ${MAX_MESSAGE_BYTES} bytes`);
