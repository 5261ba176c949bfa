import { buildAutomaton, scan } from "./automaton.ts";
import type { Automaton } from "./automaton.ts";
import { catalogue } from "./catalogue.ts";
import type { Catalogue } from "./catalogue.ts";
import type { WellKnownBot } from "./gen/names.ts";
import { once } from "./once.ts";
import { recentCache } from "./recent.ts";
import type { RecentCache } from "./recent.ts";
import { isInsideApplication, isProgramShape } from "./shape.ts";
import { isChore, words } from "./words.ts";

/** Characters of a user agent that are looked at; what follows is not. */
export const MAX_USER_AGENT = 2048;
/** Longest user agent whose answer is remembered, in characters. */
export const MAX_REMEMBERED = 512;
/** Answers in each of the two generations of the cache. */
const REMEMBERED = 256;

/** What a user agent says. */
export interface BotMatch {
  /** Every identifier it names; `UNKNOWN_BOT` alone when it is a bot that nobody has named. */
  readonly ids: readonly (WellKnownBot | "UNKNOWN_BOT")[];
}

const HUMAN: BotMatch = Object.freeze({ ids: Object.freeze([]) });
const UNKNOWN: BotMatch = Object.freeze({ ids: Object.freeze(["UNKNOWN_BOT"] as const) });

interface Matcher extends Catalogue {
  readonly automaton: Automaton;
  readonly recent: RecentCache<BotMatch>;
}

const matcher = once((): Matcher => {
  const known = catalogue();
  const literals = [...known.patterns.map((each) => each.literal), ...words.map(([word]) => word)];
  return { ...known, automaton: buildAutomaton(literals), recent: recentCache(REMEMBERED) };
});

/** Whether a word is one that a program has put into its user agent. */
function isProgramWord(ordinal: number, text: string): boolean {
  const confirm = words[ordinal]?.[1];
  if (confirm && !confirm.test(text)) return false;
  return !isChore(ordinal) || !isInsideApplication(text);
}

function match({ automaton, patterns, ids }: Matcher, text: string): BotMatch {
  const owners: number[] = [];
  for (const ordinal of scan(automaton, text, text.length)) {
    const pattern = patterns[ordinal];
    const owner = pattern?.owner ?? 0;
    if (owners.includes(owner)) continue;
    const found = pattern
      ? pattern.matches(text) && (owner !== 0 || !isInsideApplication(text))
      : isProgramWord(ordinal - patterns.length, text);
    if (found) owners.push(owner);
  }
  if (owners.length === 0) return isProgramShape(text) ? UNKNOWN : HUMAN;
  const named = owners.filter((owner) => owner !== 0).sort((a, b) => a - b);
  if (named.length === 0) return UNKNOWN;
  // The catalogue and the union of names are generated from one list.
  const names = named.map((owner) => ids[owner] as WellKnownBot);
  return Object.freeze({ ids: Object.freeze(names) });
}

/**
 * Names the bots a user agent belongs to. An empty one names none. Never throws; looks at the first
 * 2,048 characters.
 *
 * @example
 * detectBots("curl/8.5.0").ids; // ["CURL"]
 */
export function detectBots(userAgent: string): BotMatch {
  if (userAgent.trim() === "") return HUMAN;
  const known = matcher();
  if (userAgent.length > MAX_REMEMBERED) return match(known, userAgent.slice(0, MAX_USER_AGENT));
  const remembered = known.recent.get(userAgent);
  if (remembered) return remembered;
  const found = match(known, userAgent);
  known.recent.set(userAgent, found);
  return found;
}
