// Lines of text as bytes. Texts that wait would be carried about by the collector of garbage; bytes lie still, and go
// to another thread as one piece.

/** Characters that are encoded at once. */
const CHUNK_CHARS = 16_384;

/** Lines, each with its end, in pieces. */
export type Lines = readonly Uint8Array[];

/** Gathers lines. */
export function gatherLines() {
  const chunks: Uint8Array[] = [];
  let text = "";
  const encode = (): void => {
    if (text !== "") chunks.push(Buffer.from(text));
    text = "";
  };
  return {
    /** Adds one line, or several with an end between them. */
    add: (line: string): void => {
      text += `${line}\n`;
      if (text.length >= CHUNK_CHARS) encode();
    },
    take: (): Lines => {
      encode();
      return chunks;
    },
  };
}

/** A text by itself: one that was cut from a longer text holds that as well, as long as it is held. */
export const alone = (text: string): string => Buffer.from(text).toString();
