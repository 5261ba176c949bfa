// "Your rules", "tes instructions", "deine Vorgaben": a command about what binds the model itself. People
// command a model to do things; what it was told before they leave alone.
import { ARTICLE, INNER, MY, OVERRIDE, spellings, SUBJECT, YOUR } from "./lexicon.ts";
import { asks, type Message, plays, seek, seekWord, strongest, wordAt } from "./message.ts";

const BROKEN = 0.6;
const SHAPED = 0.5;
const TOUCHED = 0.35;

const OWN: ReadonlySet<string> = wordSet(
  "prompt prompts instructions rules limits limitations guidelines directives restrictions filters guardrails safeguards constraints " +
    "systemprompt anweisungen vorgaben richtlinien regeln filter beschränkungen einschränkungen consignes règles filtres " +
    "instrucciones reglas filtros directrices instruções regras diretrizes istruzioni regole filtri direttive instructies " +
    "regels richtlijnen инструкции правила фильтры ограничения zasady instrukcje",
);

/** What turns rules into rules about something, and makes them somebody's. */
const COMPLEMENTS: ReadonlySet<string> = wordSet(
  "for on about at from regarding concerning with in to when if because so für zu zum zur über pour sur para sobre per su " +
    "voor over для по de del des di do da",
);

const BREAKING: ReadonlySet<string> = wordSet(
  "break violate leave lose ditch shed suspend cancel stop quit escape loosen hinweg umgehe brich breche überschreite " +
    "schalte deaktiviere contourne brise désactive enfreins compte salta sáltate rompe elude desactiva quebre burle desative " +
    "infrangi viola aggira disattiva doorbreek omzeil нарушь обойди отключи złam omiń",
);

/** Forms that text is put into to get it past a filter. */
const FORMS: ReadonlySet<string> = wordSet(
  "poem song rhyme rap haiku limerick acrostic json yaml xml base64 hex binary morse rot13 emoji emojis backwards reversed " +
    "reverse verbatim literally codeblock markdown secret hidden confidential gedicht poème poema",
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").flatMap((word) => [...spellings(word)]));
}

const REACH = 8;
/** Words between "your" and the rules. */
const NEAR = 3;
/** Words behind the rules where a separable verb may end: "setz dich über deine Regeln hinweg". */
const BEHIND = 2;

/** How strongly a message commands the model to break its own rules. */
export function breaksOwnRulesWeight(message: Message): number {
  return strongestCommand(message, ({ start, your, own, complement }) => {
    for (let i = Math.max(start, your - REACH); i <= own + BEHIND; i++)
      if (BREAKING.has(wordAt(message, i)) || (i < own && plays(message, i, OVERRIDE)))
        return complement ? TOUCHED : BROKEN;
    return 0;
  });
}

/** How strongly it commands to put them into another form, or names those that are not to be seen. */
export function reshapesOwnRulesWeight(message: Message): number {
  return strongestCommand(message, ({ your, own, complement }) => {
    if (seekWord(message, own + 1, REACH, FORMS) >= 0) return SHAPED;
    const inner = seek(message, your + 1, own - your, INNER) >= 0;
    return inner && !complement ? SHAPED : 0;
  });
}

/** A command about "your rules": the first word of its clause, "your" and the rules. */
interface OwnRules {
  readonly start: number;
  readonly your: number;
  readonly own: number;
  /** Whether they are the rules for something. */
  readonly complement: boolean;
}

function strongestCommand(message: Message, judge: (found: OwnRules) => number): number {
  return strongest(message, (your) => {
    const found = plays(message, your, YOUR) ? findOwnRules(message, your) : undefined;
    return found ? judge(found) : 0;
  });
}

function findOwnRules(message: Message, your: number): OwnRules | undefined {
  const own = seekWord(message, your + 1, NEAR, OWN);
  if (own < 0 || seek(message, your + 1, own - your - 1, MY) >= 0) return undefined;
  const start = message.clauseStarts[your] ?? your;
  if (start === your || asks(message, your) || plays(message, start, SUBJECT | ARTICLE | MY))
    return undefined;
  const next = message.words[own + 1];
  const complement = next !== undefined && !next.opens && COMPLEMENTS.has(next.text);
  return { start, your, own, complement };
}
