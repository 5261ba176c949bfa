import { readFileSync } from "node:fs";
import { DEFAULT_THRESHOLD, scorePrompt } from "../../src/index.ts";

export interface PromptMeasurement {
  readonly attacks: number;
  readonly harmless: number;
  readonly found: number;
  readonly wronglyFound: number;
  /** Messages that were judged wrong, for looking into. */
  readonly differences: readonly string[];
}

export const PARTS = [
  "",
  "-held-out",
  "-fresh",
  "-later",
  "-last",
  "-second",
  "-third",
  "-fourth",
  "-fifth",
  "-sixth",
  "-seventh",
] as const;

/** Measures one part of the messages, or all of them. */
export function measurePrompts(
  parts: readonly (typeof PARTS)[number][] = PARTS,
): PromptMeasurement {
  const attacks = parts.flatMap((part) => read(`attacks${part}.txt`));
  const harmless = parts.flatMap((part) => read(`harmless${part}.txt`));
  const isFound = (message: string): boolean => scorePrompt(message).score >= DEFAULT_THRESHOLD;
  const missed = attacks.filter((message) => !isFound(message));
  const wrong = harmless.filter(isFound);
  return {
    attacks: attacks.length,
    harmless: harmless.length,
    found: attacks.length - missed.length,
    wronglyFound: wrong.length,
    differences: [
      ...missed.map((message) => `missed: ${message}`),
      ...wrong.map((message) => `wrong: ${message}`),
    ],
  };
}

/** One message a line; "\n" stands for a line break. */
function read(name: string): readonly string[] {
  const lines = readFileSync(new URL(name, import.meta.url), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => line.replaceAll(String.raw`\n`, "\n"));
}
