// Phrases as data: a pattern is a row of steps, each a few words or a part they play, with a number of
// words that may stand in between. They are matched within a sentence, in a bounded number of readings
// from each word, so that the time is linear in the message.
import * as lexicon from "./lexicon.ts";
import { type Message, plays, wordAt } from "./message.ts";

/**
 * How a pattern is written, its steps separated by spaces:
 * - `ignore|forget`: one of these words; `BINDING`: a word that plays this part (see lexicon.ts);
 *   `URL`: an address of the web;
 * - `~4`: up to four other words before the next step, none unless so written;
 * - `~4^MY`: and none of them plays this part;
 * - `,`: the next step opens a clause, as behind a colon.
 */
export type PatternText = string;

interface Step {
  readonly words: ReadonlySet<string>;
  readonly bits: number;
  readonly url: boolean;
  readonly gap: number;
  /** Parts that no word in the gap may play. */
  readonly barred: number;
  readonly opens: boolean;
}

export interface Pattern {
  readonly steps: readonly Step[];
  readonly weight: number;
}

const URL_STEP = "URL";
/** Words a step may look ahead. */
export const MAX_GAP = 12;

const PARTS: ReadonlyMap<string, number> = new Map(
  Object.entries(lexicon).flatMap(([name, value]) =>
    typeof value === "number" ? [[name, value] as const] : [],
  ),
);

/** Reads a pattern; a mistake in it throws where the pattern is defined. */
export function readPattern(text: PatternText, weight: number): Pattern {
  const steps: Step[] = [];
  let gap = 0;
  let barred = 0;
  let opens = false;
  for (const token of text.split(" ")) {
    if (token === ",") opens = true;
    else if (token.startsWith("~")) {
      const [count = "", part] = token.slice(1).split("^");
      gap = readGap(count, text);
      barred = part === undefined ? 0 : readPart(part, text);
    } else {
      steps.push({ ...readChoice(token, text), gap, barred, opens });
      gap = 0;
      barred = 0;
      opens = false;
    }
  }
  return { steps, weight };
}

function readGap(count: string, text: string): number {
  const gap = Number(count);
  if (!Number.isInteger(gap) || gap < 1 || gap > MAX_GAP)
    throw new RangeError(`pattern "${text}": a gap is ${count}, expected from 1 to ${MAX_GAP}`);
  return gap;
}

function readPart(name: string, text: string): number {
  const bits = PARTS.get(name);
  if (bits === undefined) throw new RangeError(`pattern "${text}": there is no part ${name}`);
  return bits;
}

function readChoice(token: string, text: string): Pick<Step, "words" | "bits" | "url"> {
  const words = new Set<string>();
  let bits = 0;
  const choices = token.split("|");
  for (const choice of choices)
    if (choice === URL_STEP) continue;
    else if (/^[A-Z_]+$/.test(choice)) bits |= readPart(choice, text);
    else for (const spelling of lexicon.spellings(choice)) words.add(spelling);
  return { words, bits, url: choices.includes(URL_STEP) };
}

/** Patterns by the words they may begin with. */
export interface PatternSet {
  readonly byWord: ReadonlyMap<string, readonly Pattern[]>;
  readonly byPart: readonly Pattern[];
}

export function indexPatterns(patterns: readonly Pattern[]): PatternSet {
  const byWord = new Map<string, Pattern[]>();
  for (const pattern of patterns)
    for (const word of pattern.steps[0]!.words)
      byWord.set(word, [...(byWord.get(word) ?? []), pattern]);
  return { byWord, byPart: patterns.filter(({ steps }) => steps[0]!.bits !== 0) };
}

/** The heaviest pattern that matches from the word at `index` on; 0 when none does. */
export function patternWeight(message: Message, index: number, patterns: PatternSet): number {
  let most = 0;
  for (const pattern of patterns.byWord.get(wordAt(message, index)) ?? [])
    if (pattern.weight > most && matches(message, index, pattern.steps)) most = pattern.weight;
  for (const pattern of patterns.byPart)
    if (pattern.weight > most && matches(message, index, pattern.steps)) most = pattern.weight;
  return most;
}

/** Readings of one pattern that are tried from one word on, so that its gaps cost what they must and no more. */
export const MAX_READINGS = 200;

function matches(message: Message, index: number, steps: readonly Step[]): boolean {
  if (!fits(message, index, steps[0]!)) return false;
  const { sentence } = message.words[index]!;
  let readings = 0;
  const matchesFrom = (from: number, rest: number): boolean => {
    const step = steps[rest];
    if (!step) return true;
    for (let i = from; i <= from + step.gap; i++) {
      if (message.words[i]?.sentence !== sentence || ++readings > MAX_READINGS) return false;
      if (fits(message, i, step) && matchesFrom(i + 1, rest + 1)) return true;
      if (step.barred !== 0 && plays(message, i, step.barred)) return false;
    }
    return false;
  };
  return matchesFrom(index + 1, 1);
}

function fits(message: Message, index: number, { words, bits, url, opens }: Step): boolean {
  if (opens && !message.words[index]!.opens) return false;
  const word = wordAt(message, index);
  if (url && word.startsWith("http")) return true;
  return words.has(word) || (bits !== 0 && plays(message, index, bits));
}
