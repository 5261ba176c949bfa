// The phrases of the families, and how strongly they stand in a message. Rules over parts of speech read
// what is common; these lists hold what has a wording of its own.
import type { PromptFamily } from "../family.ts";
import { asks, type Message, strongest } from "../message.ts";
import { indexPatterns, type PatternSet, patternWeight, readPattern } from "../pattern.ts";
import { INDIRECT_PHRASES } from "./indirect.ts";
import { EXFILTRATION_PHRASES, LEAK_PHRASES } from "./leak.ts";
import { OVERRIDE_PHRASES } from "./override.ts";
import { AUTHORITY_PHRASES, ROLE_PHRASES } from "./role.ts";
import { SAFETY_PHRASES } from "./safety.ts";

/** Patterns by their weight: 0.7 is hardly ever harmless, 0.5 an attempt by itself, 0.35 a hint. */
export type Phrases = readonly (readonly [weight: number, patterns: readonly string[]])[];

const BY_FAMILY: ReadonlyMap<PromptFamily, PatternSet> = new Map(
  (
    [
      ["instruction-override", OVERRIDE_PHRASES],
      ["role-takeover", ROLE_PHRASES],
      ["authority-claim", AUTHORITY_PHRASES],
      ["prompt-leak", LEAK_PHRASES],
      ["safety-bypass", SAFETY_PHRASES],
      ["indirect-instruction", INDIRECT_PHRASES],
      ["data-exfiltration", EXFILTRATION_PHRASES],
    ] as const
  ).map(([family, phrases]) => [family, compile(phrases)]),
);

function compile(phrases: Phrases): PatternSet {
  return indexPatterns(
    phrases.flatMap(([weight, patterns]) => patterns.map((text) => readPattern(text, weight))),
  );
}

/** How strongly the phrases of a family stand in a message; a question that they are part of is none. */
export function phraseWeight(message: Message, family: PromptFamily): number {
  const patterns = BY_FAMILY.get(family);
  if (!patterns) return 0;
  return strongest(message, (i) => {
    const weight = patternWeight(message, i, patterns);
    return weight > 0 && !asks(message, i) ? weight : 0;
  });
}
