import { buildAutomaton, type Automaton } from "./aho-corasick.ts";
import type { Detector } from "./detectors/detector.ts";

/** The automaton of these detectors, built when it is first asked for: importing the package costs nothing. */
export function prefilterOf(detectors: readonly Detector[]): () => Automaton {
  let built: Automaton | undefined;
  return () => (built ??= buildPrefilter(detectors));
}

/** One automaton over the keywords of all detectors: bit n stands for the n-th. */
function buildPrefilter(detectors: readonly Detector[]): Automaton {
  const masks = new Map<string, number>();
  detectors.forEach((detector, index) => {
    for (const keyword of detector.keywords)
      masks.set(keyword, (masks.get(keyword) ?? 0) | (1 << index));
  });
  return buildAutomaton(masks);
}
