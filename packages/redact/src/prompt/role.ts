// Attempts to give the model another character, one that nothing binds: "you are now DAN", "pretend you
// have no rules", "developer mode enabled", and claims of authority that are to unlock it.
import {
  AUTHORITY,
  MACHINE,
  MODE,
  NEGATION,
  PRETEND,
  SAFETY,
  UNBOUND,
  WITHOUT,
  YOU,
  YOUR,
} from "./lexicon.ts";
import {
  type Message,
  plays,
  reads,
  seek,
  seekBack,
  seekWord,
  seekWordBack,
  strongest,
  wordAt,
} from "./message.ts";
import { isCommand } from "./override.ts";

const STRONG = 0.7;
const FAIR = 0.5;
const WEAK = 0.3;

/** How strongly a message puts the model into an unbound character. */
export function roleWeight(message: Message): number {
  return strongest(message, (i) =>
    Math.max(newIdentity(message, i), pretence(message, i), specialMode(message, i)),
  );
}

function newIdentity(message: Message, i: number): number {
  if (reads(message, i, "do", "anything", "now")) return STRONG;
  if (!plays(message, i, YOU)) return isUnboundName(wordAt(message, i)) ? FAIR : 0;
  const verb = CONTRACTED.has(wordAt(message, i)) ? i : i + 1;
  const are = verb === i || BEING.has(wordAt(message, verb));
  if (are && reads(message, verb + 1, "no", "longer")) return released(message, verb + 3);
  const now = are && ["now", "going", "hereby"].includes(wordAt(message, verb + 1));
  const unbound = are ? unboundAfter(message, verb + 1, 8) : false;
  if (unbound) return now ? STRONG : FAIR;
  if (now)
    return seek(message, verb + 2, 10, MODE) >= 0 || lacksLimits(message, verb + 2) ? STRONG : WEAK;
  const machine = are || CONTRACTED.has(wordAt(message, i)) ? verb + 1 : i + 1;
  if (seek(message, machine, 6, MACHINE) >= 0 && lacksLimits(message, machine)) return FAIR;
  const have = ["have", "has"].includes(wordAt(message, i + 1));
  return have && lacksLimits(message, i + 2) ? FAIR : 0;
}

/** "you're", and "eres", which says "you are" in one word. */
const CONTRACTED = new Set(["you're", "eres"]);
const BEING = new Set("are were become bist es é sei sos serás seras jesteś bent wirst".split(" "));

const UNBOUND_NAME =
  /^(?:bad|evil|dark|worm|fraud|free|wolf|chaos|anti|jail|hack|rebel|liberty|based|mango|devil)-?(?:gpt|ai|bot|llm)$/;

/** BadGPT, DarkBot: a model whose name says what it is for. */
function isUnboundName(word: string): boolean {
  return UNBOUND_NAME.test(word);
}

const BONDS = new Set(
  "bound restricted limited constrained governed required subject obligated chatgpt tied censored".split(
    " ",
  ),
);

/** "No longer bound", "no longer an assistant"; not "no longer a beginner". */
function released(message: Message, i: number): number {
  if (BONDS.has(wordAt(message, i))) return STRONG;
  return seek(message, i, 4, MACHINE) >= 0 ? STRONG : 0;
}

/** "pretend you have no rules", "act as an unfiltered model", "play the role of an evil assistant". */
function pretence(message: Message, i: number): number {
  if (!plays(message, i, PRETEND) || !isCommand(message, i)) return 0;
  if (unboundAfter(message, i + 1, 12)) return STRONG;
  if (lacksLimits(message, i + 1) && seek(message, i + 1, 10, YOU | YOUR | MACHINE) >= 0)
    return FAIR + 0.1;
  if (protectionsGone(message, i + 1)) return FAIR + 0.1;
  return authorityAfter(message, i + 1) ? WEAK : 0;
}

const GONE = new Set(["exist", "exists", "apply", "applies", "matter", "matters"]);

/** "As if the content policy does not exist", "as though no rules applied". */
function protectionsGone(message: Message, i: number): boolean {
  const safety = seek(message, i, 8, SAFETY);
  if (safety < 0 || seekWord(message, safety + 1, 5, GONE) < 0) return false;
  return seek(message, i, safety - i + 5, NEGATION | WITHOUT) >= 0;
}

function authorityAfter(message: Message, i: number): boolean {
  return seek(message, i, 6, AUTHORITY) >= 0 && seek(message, i, 6, YOUR) >= 0;
}

function unboundAfter(message: Message, from: number, within: number): boolean {
  const found = seek(message, from, within, UNBOUND);
  // "a rogue wave" and "an evil queen" are characters of stories.
  return (
    found >= 0 &&
    (!STORY.has(wordAt(message, found)) || seekWord(message, found + 1, 3, MACHINES) >= 0)
  );
}

const STORY = new Set([
  "evil",
  "rogue",
  "lawless",
  "aim",
  "stan",
  "dude",
  "mongo",
  "unethical",
  "amoral",
  "unhinged",
  "unlimited",
  "liberated",
]);
const MACHINES = new Set(
  "ai assistant model chatbot bot version gpt confidant system intelligence".split(" "),
);

/** "no restrictions", "without any moral limits", "free of filters". */
export function lacksLimits(message: Message, from: number): boolean {
  const without = seek(message, from, 12, WITHOUT);
  return without >= 0 && seek(message, without + 1, 5, SAFETY) >= 0;
}

const STRONG_MODES = new Set(
  "dan jailbreak god sudo unrestricted unfiltered uncensored opposite chaos evil dude anarchy".split(
    " ",
  ),
);
const MODES = new Set(
  "developer debug admin root maintenance test diagnostic override superuser dev bypass".split(" "),
);
const ENTER = new Set(
  "enter enable activate switch enabled activated engage initiate unlocked unlock on in now into".split(
    " ",
  ),
);

/** "You are in developer mode", "activate DAN mode"; not the developer mode of a phone. */
function specialMode(message: Message, i: number): number {
  if (!plays(message, i, MODE)) return 0;
  const name = wordAt(message, i - 1);
  const entered =
    seekWordBack(message, i, 7, ENTER) >= 0 || seekWord(message, i + 1, 3, ENTER) >= 0;
  if (STRONG_MODES.has(name)) return entered ? STRONG : FAIR;
  if (!MODES.has(name) || !entered) return 0;
  const toModel = seekBack(message, i, 8, YOU) >= 0 || seek(message, i + 1, 12, YOU) >= 0;
  const asked = seekWordBack(message, i, 8, QUESTION) >= 0;
  const where = seekWord(message, i + 1, 3, PLACE) >= 0;
  if (asked || where) return 0;
  return toModel ? FAIR : isCommand(message, Math.max(0, i - 2)) ? WEAK + 0.1 : WEAK;
}

const QUESTION = new Set([
  "how",
  "does",
  "what",
  "why",
  "can",
  "should",
  "i",
  "we",
  "my",
  "where",
  "when",
]);
const PLACE = new Set(["on", "for", "of", "android", "phone", "chrome", "in", "app"]);

/** How strongly a message claims a right to command. */
export function authorityWeight(message: Message): number {
  return strongest(message, (i) => Math.max(claim(message, i), code(message, i)));
}

function claim(message: Message, i: number): number {
  const speaker =
    reads(message, i, "i", "am") || reads(message, i, "this", "is")
      ? 2
      : wordAt(message, i) === "i'm"
        ? 1
        : 0;
  if (speaker === 0) return 0;
  const role = seek(message, i + speaker, 7, AUTHORITY);
  if (role < 0 || seek(message, i, role - i, NEGATION) >= 0) return 0;
  // "Your neighbour's developer" is somebody else's.
  const yours = seekBack(message, role, 3, YOUR) >= 0 && !wordAt(message, role - 1).endsWith("'s");
  const vendor = ["openai", "anthropic"].includes(wordAt(message, role));
  return yours ? FAIR : vendor ? FAIR - 0.1 : 0;
}

const CODES = new Set([
  "override",
  "authorization",
  "authorisation",
  "bypass",
  "admin",
  "root",
  "emergency",
]);

const ENGAGED = new Set(
  "engaged activated code initiated accepted granted command mode enabled protocol complete".split(
    " ",
  ),
);

/** "System override", "override code 7", "admin access granted". */
function code(message: Message, i: number): number {
  const word = wordAt(message, i);
  const next = wordAt(message, i + 1);
  if ((word === "system" || word === "admin" || word === "safety") && next === "override")
    return message.words[i + 2] &&
      !message.words[i + 2]!.opens &&
      !ENGAGED.has(wordAt(message, i + 2))
      ? WEAK / 2
      : FAIR;
  if (CODES.has(word) && (next === "code" || next === "token") && message.words[i]!.opens)
    return WEAK;
  return CODES.has(word) &&
    ["access", "privileges", "rights"].includes(next) &&
    ["granted", "enabled", "activated"].includes(wordAt(message, i + 2))
    ? FAIR - 0.1
    : 0;
}
