// Commands to set earlier instructions aside, and to take new ones: "ignore all previous instructions",
// "forget what you were told", "your new task is".
import {
  ARTICLE,
  BINDING,
  DISABLE,
  EARLIER_TEXT,
  FOLLOW,
  LEAD,
  MY,
  NEGATION,
  OVERRIDE,
  PRETEND,
  PRIOR,
  SAY,
  SEND,
  SHOW,
  SUBJECT,
  YOU,
  YOUR,
} from "./lexicon.ts";
import {
  asks,
  type Message,
  plays,
  reads,
  seek,
  seekWord,
  seekWordBack,
  strongest,
  wordAt,
  seekBack,
} from "./message.ts";

const STRONG = 0.75;
const FAIR = 0.5;
const WEAK = 0.3;
const REACH = 7;

/** How strongly a message tells the model to set its instructions aside. */
export function overrideWeight(message: Message): number {
  return strongest(message, (i) =>
    Math.max(setAside(message, i), declareVoid(message, i), replaceTask(message, i)),
  );
}

function setAside(message: Message, i: number): number {
  const verbEnd = verbOfSettingAside(message, i);
  if (verbEnd < 0 || !isCommand(message, i)) return 0;
  if (namesAbove(message, verbEnd)) return STRONG - 0.1;
  const told = seekWord(message, verbEnd, 6, TOLD);
  const judged = seekWord(message, verbEnd, REACH, CRITERIA);
  if (judged >= 0 && seek(message, verbEnd, judged - verbEnd, YOUR) >= 0) return STRONG;
  const binding = seek(message, verbEnd, REACH, BINDING);
  const text = seek(message, verbEnd, REACH, EARLIER_TEXT);
  if (binding < 0 && text < 0)
    return told >= 0 && seek(message, verbEnd, told - verbEnd + 1, YOU) >= 0 ? STRONG : 0;
  const target = binding >= 0 ? binding : text;
  if (seek(message, verbEnd, target - verbEnd, MY) >= 0) return 0;
  const qualified = isQualified(message, verbEnd, target);
  const safety = seekWord(message, verbEnd, target - verbEnd, SAFE) >= 0;
  if (binding >= 0) return qualified ? STRONG : safety ? FAIR : WEAK;
  if (OPERATORS.has(wordAt(message, target - 1))) return STRONG - 0.1;
  return told >= 0 || (qualified && before(message, verbEnd, target)) ? STRONG - 0.1 : 0;
}

/** "The system message": whose text it is. */
const OPERATORS = new Set(["system", "developer"]);
/** What a model that judges something goes by. */
const CRITERIA = new Set(["criteria", "rubric", "standards"]);
const SAFE = new Set(["safety", "content", "moderation"]);

/** "Ignore the above and …": nothing follows that the word could belong to. */
function namesAbove(message: Message, from: number): boolean {
  const at = wordAt(message, from) === "the" ? from + 1 : from;
  const next = message.words[at + 1];
  return (
    wordAt(message, at) === "above" &&
    (!next || next.opens || ["and", "but", "then"].includes(next.text))
  );
}

const VOID = new Set(
  "void cancelled canceled revoked suspended obsolete invalid overridden lifted null test fake decoy superseded".split(
    " ",
  ),
);

/** "All rules above are cancelled", "your instructions are void". */
function declareVoid(message: Message, i: number): number {
  if (!VOID.has(wordAt(message, i)) || seekWordBack(message, i, 3, ARE) < 0) return 0;
  const binding = seekBack(message, i, 7, BINDING);
  if (binding < 0) return 0;
  const yours = seekBack(message, i, i - binding + 4, YOUR) >= 0;
  return yours || seekWordBack(message, i, i - binding, ABOVE) >= 0 ? FAIR : WEAK;
}

const ARE = new Set(["are", "is", "been", "now", "were"]);
const ABOVE = new Set(["above", "previous", "before"]);
const TOLD = new Set(["told", "learned", "learnt", "programmed", "instructed", "trained"]);

/** "previous", "your", "all the", or behind the target "above", "you were given". */
function isQualified(message: Message, from: number, target: number): boolean {
  return (
    seek(message, from, target - from, PRIOR | YOUR) >= 0 ||
    seek(message, target + 1, 4, PRIOR | YOUR) >= 0 ||
    (seek(message, target + 1, 3, YOU) >= 0 && seekWord(message, target + 1, 6, GIVEN) >= 0) ||
    plays(message, target, PRIOR)
  );
}

const GIVEN = new Set(["given", "have", "got", "received", "were", "been", "follow", "had"]);
const EARLIER = new Set(
  "above before previous prior preceding earlier know previously far now выше ранее oben vorher zuvor bisher arriba antes avant ci-dessus acima sopra prima".split(
    " ",
  ),
);

function before(message: Message, from: number, target: number): boolean {
  return seekWord(message, from, target - from + 5, EARLIER) >= 0;
}

/** Verbs that are about data unless "your" follows. */
const WIPING = new Set(["delete", "clear", "reset", "wipe", "erase", "drop", "skip"]);

/** Where the words behind the verb begin; -1 when there is no such verb. "Do not follow" is one too. */
function verbOfSettingAside(message: Message, i: number): number {
  if (plays(message, i, OVERRIDE)) return i + 1;
  if (reads(message, i, "pay", "no", "attention") || reads(message, i, "set", "aside"))
    return i + 2;
  if (reads(message, i, "throw", "away") || reads(message, i, "throw", "out")) return i + 2;
  if (wordAt(message, i) === "stop" && plays(message, i + 1, FOLLOW)) return i + 2;
  if (reads(message, i, "get", "rid", "of") || reads(message, i, "let", "go", "of")) return i + 3;
  if (WIPING.has(wordAt(message, i))) return seek(message, i + 1, 3, YOUR) >= 0 ? i + 1 : -1;
  const negated = plays(message, i, NEGATION) || reads(message, i, "do", "not");
  const follow = reads(message, i, "do", "not") ? i + 2 : i + 1;
  if (negated && plays(message, follow, FOLLOW) && !plays(message, follow, NEGATION))
    return follow + 1;
  if (reads(message, i, "no", "longer") && plays(message, i + 2, FOLLOW)) return i + 3;
  return -1;
}

/** Words looked back over for the start of the clause. */
const LOOK_BACK = 4;

/**
 * Whether the verb is a command: it opens its clause, or only polite words and "you" stand in front.
 * "Students ignored the rules", "do not ignore" and "how to ignore" are none.
 */
export function isCommand(message: Message, i: number): boolean {
  for (let j = i; j > i - LOOK_BACK; j--) {
    if (message.words[j]?.opens) return !asksHow(message, j);
    const previous = j - 1;
    if (message.words[previous]?.sentence !== message.words[i]?.sentence) return true;
    if (POLITE.has(wordAt(message, previous))) return true;
    if (plays(message, previous, YOU) && MODALS.has(wordAt(message, j)))
      return !asks(message, previous);
    if (plays(message, previous, NEGATION)) return false;
    if (wordAt(message, previous) === "to") return addressed(message, previous);
    if (JOINS.has(wordAt(message, previous))) return joinsCommand(message, previous);
    if (plays(message, previous, SUBJECT)) return false;
    if (!plays(message, previous, LEAD | YOU)) return false;
  }
  return true;
}

const POLITE = new Set(["please", "kindly", "bitte"]);
/** "From now on you will …": whatever stands in front of "you". */
const MODALS = new Set(["will", "must", "shall"]);
const JOINS = new Set("and then instead but und et и".split(" "));
const COMMANDING = OVERRIDE | SHOW | SEND | DISABLE | PRETEND | LEAD | YOU | SAY;

/** "Answer and then ignore …": the clause that is joined began like a command. */
function joinsCommand(message: Message, join: number): boolean {
  const start = message.clauseStarts[join] ?? join;
  return plays(message, start, COMMANDING) || !plays(message, start, SUBJECT | ARTICLE | MY);
}

const WANTS = new Set(
  "you need have want ordered instructed told required supposed going free asked authorized allowed is".split(
    " ",
  ),
);

/** "You need to", "I want you to", "your job is to"; not "how to" or "tell users to". */
function addressed(message: Message, to: number): boolean {
  return WANTS.has(wordAt(message, to - 1)) && seekWordBack(message, to, 4, ASKING) < 0;
}

const ASKING = new Set("how why when does did do if whether what is are".split(" "));

function asksHow(message: Message, j: number): boolean {
  return ["how", "why", "when", "does", "did", "whether", "should", "what"].includes(
    wordAt(message, j),
  );
}

const TASK_WORDS = new Set(
  "task tasks instruction instructions goal goals role objective objectives purpose mission job persona identity directive rules prompt orders priority".split(
    " ",
  ),
);
const FRESH = new Set("new updated revised real actual true only sole latest".split(" "));

/** "Your new task is", "new instructions:", "from now on you will". */
function replaceTask(message: Message, i: number): number {
  const fresh = FRESH.has(wordAt(message, i));
  if (fresh && TASK_WORDS.has(nounAfter(message, i)) && !plays(message, i - 1, MY)) {
    if (plays(message, i - 1, YOUR))
      return seekWord(message, i + 1, 4, IS) >= 0 ? STRONG - 0.15 : FAIR;
    const opens =
      message.words[i]!.opens || (plays(message, i - 1, LEAD) && message.words[i - 1]!.opens);
    if (!opens || !behindNoun(message, i)?.opens) return 0;
    return nounAfter(message, i).startsWith("task") ? WEAK + 0.05 : FAIR;
  }
  const fromNow =
    reads(message, i, "from", "now", "on") || reads(message, i, "from", "this", "point", "on");
  const hence =
    fromNow || wordAt(message, i) === "henceforth" || reads(message, i, "starting", "now");
  if (!hence) return 0;
  const you = seek(message, i, 6, YOU | YOUR);
  if (you < 0 || seekWord(message, you + 1, 2, BIND) < 0 || seek(message, i, you - i, SUBJECT) >= 0)
    return 0;
  return seekWord(message, you, 14, TOTAL) >= 0 ? FAIR : WEAK + 0.05;
}

const IS = new Set(["is", "are", "will", "becomes", "be", "follows"]);
const BIND = new Set(
  "must will are only always respond answer obey ignore shall speak act do operate".split(" "),
);
const TOTAL = new Set(
  "obey only every everything any anything all never without unrestricted unfiltered ignore admin password comply commands harmful exception".split(
    " ",
  ),
);

function nounAfter(message: Message, i: number): string {
  const next = wordAt(message, i + 1);
  return TASK_WORDS.has(next) ? next : wordAt(message, i + 2);
}

/** The word behind the noun, which opens a clause where a colon follows the noun. */
function behindNoun(message: Message, i: number): Message["words"][number] | undefined {
  return message.words[TASK_WORDS.has(wordAt(message, i + 1)) ? i + 2 : i + 3];
}
