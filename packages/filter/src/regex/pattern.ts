// The way in: a pattern becomes a test of a text. Finite sets of words are searched for directly,
// everything else runs on the automaton. Both take time linear in the text, whatever the pattern; with
// a large pattern that is still much, so that a search gives up after a fixed number of steps.
import { toBytes } from "../text.ts";
import { createDfa, search, type Dfa } from "./dfa.ts";
import { literalTest } from "./literal.ts";
import { compileNfa } from "./nfa.ts";
import type { Node } from "./node.ts";
import { simulate, type Effort, type Found } from "./simulate.ts";

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/** Tests a text; undefined where the search gave up. Its steps are added to `effort`. */
export type PatternTest = (text: string, effort: Effort) => boolean | undefined;

/** Makes the test of a parsed pattern. */
export function compilePattern(node: Node): PatternTest {
  return literalTest(node) ?? automatonTest(node);
}

/** The test by automaton alone. */
export function automatonTest(node: Node): PatternTest {
  const nfa = compileNfa(node);
  const dfa = createDfa(nfa);
  return (text, effort) => {
    if (text.length * BYTES_PER_UNIT < node.min) return false;
    dfa.scratch.steps = effort.steps;
    const found = find(dfa, text);
    effort.steps = dfa.scratch.steps;
    return found === "gave up" ? undefined : found;
  };
}

function find(dfa: Dfa, text: string): Found {
  const found = search(dfa, text, true);
  if (found !== "not ASCII") return found;
  const { nfa, scratch } = dfa;
  const bytes = toBytes(text);
  // Unicode words cannot be told from single bytes.
  if (nfa.hasUnicodeLooks) return simulate(nfa, scratch, bytes, 0, [nfa.start]);
  const inBytes = search(dfa, bytes, false);
  return inBytes === "not ASCII" ? "gave up" : inBytes;
}
