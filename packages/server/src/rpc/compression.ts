import { brotliDecompress, gunzip, type BrotliOptions, type ZlibOptions } from "node:zlib";
import { MAX_MESSAGE_BYTES } from "../limits.ts";
import { RpcError } from "./code.ts";

/** Encodings a request may have; answers are small and go out as they are. */
export const ACCEPTED = "gzip, br, identity";

type Decompress = (
  bytes: Uint8Array,
  options: ZlibOptions & BrotliOptions,
  done: (error: Error | null, result: Buffer) => void,
) => void;

const DECOMPRESS: Readonly<Record<string, Decompress>> = { gzip: gunzip, br: brotliDecompress };

/**
 * The message in its plain form, of at most 1 MiB however small it was before.
 *
 * @throws RpcError for an unknown encoding, broken bytes, or a message that is too large.
 */
export async function decompress(bytes: Uint8Array, encoding: string): Promise<Uint8Array> {
  if (encoding === "" || encoding === "identity") return bytes;
  const method = Object.hasOwn(DECOMPRESS, encoding) ? DECOMPRESS[encoding] : undefined;
  if (method === undefined)
    throw new RpcError(
      "unimplemented",
      `unknown compression ${JSON.stringify(encoding)}: supported encodings are ${ACCEPTED}`,
    );
  if (bytes.length === 0) return bytes;
  return new Promise((resolve, reject) => {
    method(bytes, { maxOutputLength: MAX_MESSAGE_BYTES }, (error, result) => {
      if (error === null) return resolve(result);
      const large = "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
      reject(
        large
          ? new RpcError("resource_exhausted", `the message exceeds ${MAX_MESSAGE_BYTES} bytes`)
          : new RpcError("invalid_argument", "the message cannot be decompressed"),
      );
    });
  });
}
