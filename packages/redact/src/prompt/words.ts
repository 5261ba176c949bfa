// Splits a folded message into words, each with what stands around it: the sentence it belongs to, and
// whether it is quoted. Quoted text is talked about more often than it is meant.
import { foldWord } from "./fold.ts";
import { knownSpelling } from "./lexicon.ts";

/** Words of one message that are looked at. */
export const MAX_WORDS = 50_000;

export interface Word {
  readonly text: string;
  readonly sentence: number;
  /** Whether it is the first word of its sentence or clause. */
  readonly opens: boolean;
  readonly quoted: boolean;
}

/** Longer tokens are cut, so that trimming one stays short work. */
const WORD =
  /https?:\/\/[^\s()"'<>]{1,300}|[\p{L}\p{M}\p{N}@$|'_-]{1,64}|\.(?![\p{L}\p{N}])|[!?;:,\n"“”«»„`<>()[\]{}…。！？]/gu;
const SENTENCE_END = new Set([".", "!", "?", ";", "\n", "…", "。", "！", "？"]);
const CLAUSE_END = new Set([...SENTENCE_END, ",", ":", "(", "[", "<", ">", "}", "]", ")", "{"]);
const QUOTES = new Set(['"', "“", "”", "«", "»", "„", "`"]);
/** A quotation longer than this has lost its closing mark. */
const MAX_QUOTED_WORDS = 120;

/** The words of a folded message. */
export function splitWords(folded: string): readonly Word[] {
  const words: Word[] = [];
  const quotes: number[] = [];
  const singles: number[] = [];
  let sentence = 0;
  let opens = true;
  for (const [token] of joinSpelled(folded).matchAll(WORD)) {
    if (words.length >= MAX_WORDS) break;
    if (QUOTES.has(token)) {
      quotes.push(words.length);
      opens = true;
    } else if (CLAUSE_END.has(token)) {
      if (SENTENCE_END.has(token)) sentence++;
      opens = true;
    } else {
      // Single marks stand at words; an apostrophe inside a word is none.
      if (token.startsWith("'") && singles.length % 2 === 0) singles.push(words.length);
      for (const text of splitCompound(trimWord(token))) {
        if (words.length >= MAX_WORDS) break;
        words.push({ text: knownSpelling(foldWord(text)), sentence, opens, quoted: false });
        opens = false;
      }
      if (token.endsWith("'") && singles.length % 2 === 1) singles.push(words.length);
    }
  }
  return markQuoted(markQuoted(words, quotes), singles);
}

/** Words between an opening and a closing quotation mark. */
function markQuoted(words: readonly Word[], quotes: readonly number[]): readonly Word[] {
  if (quotes.length < 2) return words;
  const quoted = new Uint8Array(words.length);
  for (let i = 0; i + 1 < quotes.length; i += 2) {
    const from = quotes[i]!;
    const to = quotes[i + 1]!;
    if (to - from <= MAX_QUOTED_WORDS) quoted.fill(1, from, to);
  }
  return words.map((word, i) => (quoted[i] ? { ...word, quoted: true } : word));
}

/** `ignore-all-previous-instructions` is a sentence; `role-play` is a word. */
function splitCompound(text: string): readonly string[] {
  const parts = text.startsWith("http") ? [text] : text.split(/[-_]+/);
  return parts.length > MAX_HYPHENS + 1 ? parts : text === "" ? [] : [text];
}

const MAX_HYPHENS = 1;

function trimWord(token: string): string {
  return token.replace(/^['_-]+|['_-]+$/g, "");
}

/** `i g n o r e` and `i.g.n.o.r.e`: five letters or more, one by one; two spaces part words. */
const SPELLED = /(?<![\p{L}\p{N}])\p{L}(?:[ .\-_*]\p{L}){4,63}(?![\p{L}\p{N}])/gu;

function joinSpelled(folded: string): string {
  return folded.replace(SPELLED, (letters) => letters.replace(/[^\p{L}]/gu, ""));
}
