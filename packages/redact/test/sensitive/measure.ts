import { readFileSync } from "node:fs";
import { createFinder, DEFAULT_TYPES, isBuiltInType, OPT_IN_TYPES } from "../../src/index.ts";
import type { BuiltInType, Span } from "../../src/index.ts";
import { generateTexts } from "./generate.ts";
import { readLabelled } from "./labelled.ts";
import { createRandom, type Random } from "./random.ts";

/** Right, wrong and missed spans of one type; a span counts only when type and both ends agree. */
export interface Tally {
  readonly type: BuiltInType;
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

export interface Measurement {
  readonly texts: number;
  readonly tallies: readonly Tally[];
  /** Texts that were not read as marked, for looking into. */
  readonly differences: readonly string[];
}

export const precision = ({ right, wrong }: Tally): number => right / (right + wrong);
export const recall = ({ right, missed }: Tally): number => right / (right + missed);

/** By hand: the first before and beside the detectors, the others after them (their values are drawn). */
const WRITTEN = ["written.txt", "written-later.txt", "written-last.txt"] as const;

/** One text a line; "\\n" stands for a line break. */
function readLines(name: string): readonly string[] {
  const lines = readFileSync(new URL(name, import.meta.url), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => line.replaceAll(String.raw`\n`, "\n"));
}

/** Alphabets of the pieces that are drawn: `{h32}` is 32 hexadecimal digits. No secret stands in a file. */
const ALPHABETS: Readonly<Record<string, string>> = {
  d: "0123456789",
  n: "23456789",
  h: "0123456789abcdef",
  U: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  L: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  A: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
  B: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

/** A text with its drawn pieces; neither begins nor ends one with punctuation. */
function draw(text: string, { pick }: Random): string {
  return text.replace(/\{([dnhULAB])(\d+)\}/g, (_, kind: string, count: string) => {
    const piece = Array.from({ length: Number(count) }, () => pick([...ALPHABETS[kind]!])).join("");
    return piece.replace(/^[-_]|[-_]$/g, "x");
  });
}

const SEED = 20_241;
const GENERATED = 900;

export function measureSensitive(seed = SEED): Measurement {
  const random = createRandom(seed);
  const written = WRITTEN.flatMap(readLines).map((text) => draw(text, random));
  const marked = [...written, ...generateTexts(seed, GENERATED)];
  const types = [...DEFAULT_TYPES, ...OPT_IN_TYPES];
  const find = createFinder({ types });
  const differences: string[] = [];
  const judged = marked.map((marked) => {
    const { text, spans } = readLabelled(marked, isBuiltInType);
    const found = find(text);
    if (found instanceof Promise) throw new Error("the scanner does not wait");
    const key = ({ start, end, identifiedType }: Span): string =>
      `${identifiedType} ${start}-${end} ${text.slice(start, end)}`;
    const expected = new Set(spans.map(key));
    const actual = new Set(found.map(key));
    const wrong = [...actual].filter((span) => !expected.has(span));
    const missed = [...expected].filter((span) => !actual.has(span));
    if (wrong.length + missed.length > 0)
      differences.push(
        `${JSON.stringify(text)}\n  wrong: ${wrong.join("; ")}\n  missed: ${missed.join("; ")}`,
      );
    return { right: [...actual].filter((span) => expected.has(span)), wrong, missed };
  });
  const count = (lists: readonly (readonly string[])[], type: BuiltInType): number =>
    lists.flat().filter((span) => span.startsWith(`${type} `)).length;
  const tallies = types.map((type) => ({
    type,
    right: count(
      judged.map(({ right }) => right),
      type,
    ),
    wrong: count(
      judged.map(({ wrong }) => wrong),
      type,
    ),
    missed: count(
      judged.map(({ missed }) => missed),
      type,
    ),
  }));
  return { texts: marked.length, tallies, differences };
}
