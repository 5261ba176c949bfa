import { catalogue } from "./catalogue.ts";
import { BORROWS_NAMES } from "./crawlers.ts";
import type { BotCategory, WellKnownBot } from "./gen/names.ts";
import { nearest } from "./nearest.ts";

/** What may stand in an `allow` or `deny` list. */
export type BotName = WellKnownBot | "UNKNOWN_BOT" | BotCategory;

/**
 * The identifiers that a list of names and categories stands for.
 *
 * @throws TypeError when a name is neither; the message says which was probably meant.
 * @example
 * expandBotList(["CURL", "CATEGORY:VERCEL"]).has("VERCEL_CRAWLER"); // true
 */
export function expandBotList(names: readonly string[]): ReadonlySet<string> {
  const { categories, categoriesOf } = catalogue();
  const expanded = new Set<string>();
  for (const name of names) {
    const members = categories.get(name) ?? (categoriesOf.has(name) ? [name] : undefined);
    if (!members)
      throw new TypeError(unknownName(name, [...categoriesOf.keys(), ...categories.keys()]));
    for (const member of members) expanded.add(member);
  }
  return expanded;
}

function unknownName(name: unknown, known: readonly string[]): string {
  if (typeof name !== "string")
    return `Invalid bot name: expected a string such as "CURL" or "CATEGORY:SEARCH_ENGINE", got ${typeof name}.`;
  const meant = nearest(name, known);
  return `Unknown bot name ${JSON.stringify(name)}.${meant ? ` Did you mean ${JSON.stringify(meant)}?` : ""}`;
}

/** The categories of an identifier, with their prefix `CATEGORY:`; none when it is not known. */
export function categoriesOfBot(id: string): readonly string[] {
  return catalogue().categoriesOf.get(id) ?? [];
}

/** Names that a preview in iMessage carries besides its own. */
const BORROWED: readonly string[] = [
  "FACEBOOK_CRAWLER",
  "TWITTER_CRAWLER",
] satisfies WellKnownBot[];

/** Whether who allows the first identifier has thereby allowed the second, as two names of one bot. */
export function isSameBot(allowed: string, other: string): boolean {
  if (allowed === BORROWS_NAMES && BORROWED.includes(other)) return true;
  const { aliases } = catalogue();
  return aliases.get(allowed)?.has(other) ?? false;
}

/** Every identifier there is, `UNKNOWN_BOT` first. */
export function listBots(): readonly string[] {
  return catalogue().ids;
}
