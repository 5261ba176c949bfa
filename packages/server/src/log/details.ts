// Details of decisions that were written together are stored together: most of each stands in the one before it
// as well, so that compressed they take a tenth of the room, and are one row of the database instead of a thousand.
import { promisify } from "node:util";
import { constants, deflateRaw, inflateRaw } from "node:zlib";

/** Characters that are encoded at once. */
const CHUNK_CHARS = 16_384;
/** Bytes of the details of one batch: what is more was not written by this package. */
const MAX_DETAILS_BYTES = 64 * 2 ** 20;
const NEW_LINE = 10;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Details as bytes, in pieces. */
export type Details = readonly Uint8Array[];

/** Gathers details, of one line each, as bytes: as texts they would be carried about by the collector of garbage. */
export function gatherDetails() {
  const chunks: Uint8Array[] = [];
  let text = "";
  const encode = (): void => {
    if (text !== "") chunks.push(Buffer.from(text));
    text = "";
  };
  return {
    add: (detail: string): void => {
      text += `${detail}\n`;
      if (text.length >= CHUNK_CHARS) encode();
    },
    take: (): Details => {
      encode();
      return chunks;
    },
  };
}

/** Details as they are stored. Quick rather than small: they are much alike. */
export const packDetails = (details: Details): Promise<Uint8Array> =>
  deflate(Buffer.concat(details), { level: constants.Z_BEST_SPEED });

/** One of the details that are stored together, counted from 0; undefined when it cannot be read. */
export async function unpackDetail(packed: Uint8Array, index: number): Promise<string | undefined> {
  const bytes = await inflate(packed, { maxOutputLength: MAX_DETAILS_BYTES }).catch(
    () => undefined,
  );
  if (bytes === undefined) return undefined;
  let start = 0;
  for (let passed = 0; passed < index; passed++) {
    const end = bytes.indexOf(NEW_LINE, start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = bytes.indexOf(NEW_LINE, start);
  return end < 0 ? undefined : bytes.toString("utf8", start, end);
}
