// The way in: a pattern becomes a test of a text. Finite sets of words are searched for directly,
// everything else runs on the automaton. Both take time linear in the text, whatever the pattern.
import { toBytes } from "../text.ts";
import { createDfa, search } from "./dfa.ts";
import { literalTest } from "./literal.ts";
import { compileNfa } from "./nfa.ts";
import type { Node } from "./node.ts";
import { simulate } from "./simulate.ts";

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/** Makes the test of a parsed pattern. */
export function compilePattern(node: Node): (text: string) => boolean {
  return literalTest(node) ?? automatonTest(node);
}

/** The test by automaton alone. */
export function automatonTest(node: Node): (text: string) => boolean {
  const nfa = compileNfa(node);
  const dfa = createDfa(nfa);
  return (text) => {
    if (text.length * BYTES_PER_UNIT < node.min) return false;
    const found = search(dfa, text, true);
    if (found !== undefined) return found;
    const bytes = toBytes(text);
    // Unicode words cannot be told from single bytes.
    if (nfa.hasUnicodeLooks) return simulate(nfa, dfa.scratch, bytes, 0, [nfa.start]);
    return search(dfa, bytes, false) ?? false;
  };
}
