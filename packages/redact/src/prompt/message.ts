import { foldText } from "./fold.ts";
import { META, partsOf } from "./lexicon.ts";
import { splitWords, type Word } from "./words.ts";

/** A message in the form the families look at. */
export interface Message {
  /** As received. */
  readonly raw: string;
  readonly folded: string;
  readonly words: readonly Word[];
  /** For each word, the parts it can play. */
  readonly parts: Int32Array;
  /** For each word, the first of its sentence and the first of its clause. */
  readonly sentenceStarts: Int32Array;
  readonly clauseStarts: Int32Array;
  /** Whether the words outside quotation marks talk about language or security. */
  readonly talksAboutText: boolean;
}

export function readMessage(raw: string): Message {
  const folded = foldText(raw);
  const words = splitWords(folded);
  const parts = Int32Array.from(words, ({ text }) => partsOf(text));
  const talksAboutText = words.some(
    ({ quoted, text }, i) =>
      !quoted &&
      ((parts[i]! & META) !== 0 ||
        (WONDERING.has(text) && words[i - 1]?.sentence !== words[i]!.sentence)),
  );
  return { raw, folded, words, parts, ...starts(words), talksAboutText };
}

function starts(words: readonly Word[]): Pick<Message, "sentenceStarts" | "clauseStarts"> {
  const sentenceStarts = new Int32Array(words.length);
  const clauseStarts = new Int32Array(words.length);
  for (const [i, { sentence, opens }] of words.entries()) {
    const goesOn = words[i - 1]?.sentence === sentence;
    sentenceStarts[i] = goesOn ? sentenceStarts[i - 1]! : i;
    clauseStarts[i] = opens || i === 0 ? i : clauseStarts[i - 1]!;
  }
  return { sentenceStarts, clauseStarts };
}

export function plays(message: Message, index: number, bits: number): boolean {
  return ((message.parts[index] ?? 0) & bits) !== 0;
}

/** The first word from `from` on, at most `within` words on and in the same sentence, that plays a part. */
export function seek(message: Message, from: number, within: number, bits: number): number {
  const end = sentenceEnd(message, from, within);
  for (let i = from; i < end; i++) if (plays(message, i, bits)) return i;
  return -1;
}

/** The same for one of a few words. */
export function seekWord(
  message: Message,
  from: number,
  within: number,
  wanted: ReadonlySet<string>,
): number {
  const end = sentenceEnd(message, from, within);
  for (let i = from; i < end; i++) if (wanted.has(wordAt(message, i))) return i;
  return -1;
}

/** The nearest word in front of `index`, at most `within` words back, that plays a part. */
export function seekBack(message: Message, index: number, within: number, bits: number): number {
  const start = sentenceStart(message, index, within);
  for (let i = index - 1; i >= start; i--) if (plays(message, i, bits)) return i;
  return -1;
}

/** The same for one of a few words. */
export function seekWordBack(
  message: Message,
  index: number,
  within: number,
  wanted: ReadonlySet<string>,
): number {
  const start = sentenceStart(message, index, within);
  for (let i = index - 1; i >= start; i--) if (wanted.has(wordAt(message, i))) return i;
  return -1;
}

function sentenceEnd({ words }: Message, from: number, within: number): number {
  const sentence = words[from]?.sentence;
  let end = from;
  while (end < from + within && words[end] && words[end]!.sentence === sentence) end++;
  return end;
}

function sentenceStart({ words }: Message, index: number, within: number): number {
  const sentence = words[index]?.sentence;
  let start = index;
  while (start > 0 && start > index - within && words[start - 1]!.sentence === sentence) start--;
  return start;
}

/** Words that begin a question about something, rather than one that asks for something. */
const WONDERING: ReadonlySet<string> = new Set(
  "how why when which would should does did".split(" "),
);
const ASKING: ReadonlySet<string> = new Set(
  "how why when does did is are were has do should which would".split(" "),
);

/** Whether the sentence of a word asks something, and commands nothing. */
export function asks(message: Message, index: number): boolean {
  const first = message.sentenceStarts[index] ?? index;
  return ASKING.has(wordAt(message, first)) && wordAt(message, first + 1) !== "not";
}

/** Whether the words from `index` on are these. */
export function reads(message: Message, index: number, ...texts: readonly string[]): boolean {
  return texts.every((text, i) => message.words[index + i]?.text === text);
}

export function wordAt(message: Message, index: number): string {
  return message.words[index]?.text ?? "";
}

/** Quoted text in a message about text is talked about, not meant. */
const QUOTED_SHARE = 0.35;

export function weigh(message: Message, index: number, weight: number): number {
  return message.words[index]?.quoted && message.talksAboutText ? weight * QUOTED_SHARE : weight;
}

/** The largest weight that any word of the message gives. */
export function strongest(message: Message, judge: (index: number) => number): number {
  let most = 0;
  for (let i = 0; i < message.words.length; i++) {
    const weight = judge(i);
    if (weight > 0) most = Math.max(most, weigh(message, i, weight));
  }
  return most;
}
