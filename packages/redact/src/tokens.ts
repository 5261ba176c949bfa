// The application's own detector sees words: what stands between white space, without the punctuation
// around it. A window slides over them, so that a word can be judged by those that follow it.
import type { Span } from "./span.ts";

/** Words of one text that are shown to a detector. */
export const MAX_TOKENS = 200_000;
export const MAX_CONTEXT_WINDOW = 100;

/** Names the type of each word of the window, or undefined for a word that is not sensitive. */
export type Detect<Type extends string = string> = (
  tokens: string[],
) => readonly (Type | undefined)[];

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const EDGE = /[\s"'`“”‘’«»()[\]{}<>,;:!?]/;

/** Runs the detector over a text; the first window that names a word decides its type. */
export function detectTokens<Type extends string>(
  text: string,
  detect: Detect<Type>,
  contextWindowSize: number,
): readonly Span<Type>[] {
  const tokens = tokenize(text);
  const types: (Type | undefined)[] = [];
  const last = Math.max(0, tokens.length - contextWindowSize);
  for (let i = 0; i <= last && i < tokens.length; i++) {
    const window = tokens.slice(i, i + contextWindowSize);
    const found = detect(window.map((token) => token.text));
    for (let j = 0; j < window.length; j++) types[i + j] ??= found[j];
  }
  return tokens.flatMap(({ start, end }, i) => {
    const type = types[i];
    return typeof type === "string" ? [{ start, end, identifiedType: type }] : [];
  });
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length && tokens.length < MAX_TOKENS) {
    while (i < text.length && EDGE.test(text[i]!)) i++;
    const start = i;
    while (i < text.length && !/\s/.test(text[i]!)) i++;
    let end = i;
    while (end > start && (EDGE.test(text[end - 1]!) || text[end - 1] === ".")) end--;
    if (end > start) tokens.push({ start, end, text: text.slice(start, end) });
  }
  return tokens;
}
