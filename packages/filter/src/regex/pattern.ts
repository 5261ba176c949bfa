// The way in: a pattern becomes a test of a text. Finite sets of words are searched for directly,
// everything else runs on the automaton. Both take time linear in the text, whatever the pattern.
import { toBytes } from "../text.ts";
import { createDfa, search, type Dfa } from "./dfa.ts";
import { literalTest } from "./literal.ts";
import { compileNfa, type Nfa } from "./nfa.ts";
import type { Node } from "./node.ts";
import { createScratch, simulate } from "./simulate.ts";

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/** Makes the test of a parsed pattern. The automaton is built when a text first needs it. */
export function compilePattern(node: Node): (text: string) => boolean {
  return literalTest(node) ?? automatonTest(node);
}

/** The test by automaton alone. */
export function automatonTest(node: Node): (text: string) => boolean {
  let built: { readonly nfa: Nfa; readonly dfa: Dfa } | undefined;
  const build = () => {
    const nfa = compileNfa(node);
    return { nfa, dfa: createDfa(nfa) };
  };
  return (text) => {
    if (text.length * BYTES_PER_UNIT < node.min) return false;
    const { nfa, dfa } = (built ??= build());
    const found = search(dfa, text, true);
    if (found !== undefined) return found;
    const bytes = toBytes(text);
    // Unicode words cannot be told from single bytes.
    if (nfa.hasUnicodeLooks) return simulate(nfa, createScratch(nfa), bytes, 0, [nfa.start]);
    return search(dfa, bytes, false) ?? false;
  };
}
