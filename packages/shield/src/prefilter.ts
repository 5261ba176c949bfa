import { buildAutomaton, type Automaton } from "./aho-corasick.ts";
import type { Detector } from "./detectors/detector.ts";

/** One automaton over the keywords of all detectors: bit n stands for the n-th. */
export function buildPrefilter(detectors: readonly Detector[]): Automaton {
  const masks = new Map<string, number>();
  detectors.forEach((detector, index) => {
    for (const keyword of detector.keywords)
      masks.set(keyword, (masks.get(keyword) ?? 0) | (1 << index));
  });
  return buildAutomaton(masks);
}
