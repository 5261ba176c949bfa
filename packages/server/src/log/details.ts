// Details of decisions that were written together are stored together: most of each stands in the one before it
// as well, so that compressed they take a tenth of the room, and are one row of the database instead of a thousand.
import { promisify } from "node:util";
import { constants, deflateRaw, inflateRaw } from "node:zlib";
import type { Lines } from "./lines.ts";

/** Bytes of the details of one batch: what is more was not written by this package. */
const MAX_DETAILS_BYTES = 64 * 2 ** 20;
const NEW_LINE = 10;
/** Lines of a detail, which begin with a list; of earlier versions, one that begins with a brace. */
const DETAIL_LINES = 10;
const BRACKET = 0x5b;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Details as they are stored. Quick rather than small: they are much alike. */
export const packDetails = (details: Lines): Promise<Uint8Array> =>
  deflate(Buffer.concat(details), { level: constants.Z_BEST_SPEED });

/** One of the details that are stored together, counted from 0; undefined when it cannot be read. */
export async function unpackDetail(packed: Uint8Array, index: number): Promise<string | undefined> {
  const bytes = await inflate(packed, { maxOutputLength: MAX_DETAILS_BYTES }).catch(
    () => undefined,
  );
  if (bytes === undefined) return undefined;
  const lines = bytes[0] === BRACKET ? DETAIL_LINES : 1;
  const start = after(bytes, 0, index * lines);
  const end = after(bytes, start, lines);
  return end < 0 ? undefined : bytes.toString("utf8", start, end - 1);
}

/** Where so many lines have ended; -1 when there are fewer. */
function after(bytes: Buffer, start: number, lines: number): number {
  let at = start;
  for (let passed = 0; passed < lines && at >= 0; passed++) {
    const end = bytes.indexOf(NEW_LINE, at);
    at = end < 0 ? end : end + 1;
  }
  return at;
}
