// Words by the part they play in an attempt, in the languages most often seen. A word can play several.
import { foldWord } from "./fold.ts";

export const OVERRIDE = 1 << 0;
/** What binds an assistant: instructions, rules, a prompt. */
export const BINDING = 1 << 1;
/** Names earlier text without saying whose: messages, context, everything. */
export const EARLIER_TEXT = 1 << 2;
/** previous, above, all: which of them. */
export const PRIOR = 1 << 3;
export const YOUR = 1 << 4;
export const MY = 1 << 5;
export const SHOW = 1 << 6;
/** system, hidden, initial: belongs to the operator. */
export const INNER = 1 << 7;
export const NEGATION = 1 << 8;
export const FOLLOW = 1 << 9;
export const PRETEND = 1 << 10;
export const UNBOUND = 1 << 11;
export const WITHOUT = 1 << 12;
export const SAFETY = 1 << 13;
export const DISABLE = 1 << 14;
export const SEND = 1 << 15;
export const SECRET = 1 << 16;
export const MACHINE = 1 << 17;
export const SUBJECT = 1 << 18;
/** Talk about language or security, which quotes attacks without making them. */
export const META = 1 << 19;
export const MODE = 1 << 20;
export const AUTHORITY = 1 << 21;
export const ARTICLE = 1 << 22;
/** May stand between the start of a clause and a command. */
export const LEAD = 1 << 23;
export const READING = 1 << 24;
export const YOU = 1 << 25;
export const SAY = 1 << 26;

const CLASSES: readonly (readonly [number, string])[] = [
  [
    OVERRIDE,
    "ignore ignoring disregard disregarding forget forgetting override overriding overwrite bypass discard neglect dismiss abandon circumvent scrap erase wipe overlook unlearn disobey " +
      "ignora ignore ignorez ignorer ignoriere ignorier ignoriert ignorieren ignorar ignorad vergiss vergesst vergessen missachte olvida olvide olvidar " +
      "oublie oubliez oublier desconsidere desconsidera esqueça esqueca dimentica dimenticate ignorate negeer vergeet zignoruj zapomnij ignorujte " +
      "игнорируй игнорируйте проигнорируй проигнорируйте забудь забудьте görmezden bortse glöm unohda abaikan lupakan skip drop",
  ],
  [
    BINDING,
    "instruction instructions prompt prompts directive directives rule rules guideline guidelines command commands constraint constraints restriction restrictions " +
      "briefing preamble preface rulebook mandate programming training safeguard safeguards guardrail guardrails limitation limitations orders policies policy protocols " +
      "instrucciones instrucción instruções instrução anweisungen anweisung instructies istruzioni consignes regeln reglas règles regras regole vorgaben " +
      "befehle órdenes ordres instrukcje polecenia инструкции инструкций указания правила talimatları talimatlar instruktioner ohjeet instruksi systemprompt",
  ],
  [
    EARLIER_TEXT,
    "everything anything whatever message messages context text conversation words content contents todo alles tout tutto всё все",
  ],
  [
    PRIOR,
    "previous previously prior above earlier preceding former initial original existing past before foregoing all any every current given told system " +
      "anteriores anterior previas previo précédentes précédents précédente vorherigen vorherige bisherigen bisherige obigen früheren vorigen precedenti " +
      "vorige eerdere voorgaande poprzednie предыдущие предыдущих прежние todas todos toutes tous alle tutte wszystkie önceki tidigare aiemmat sebelumnya those these old default developer developer's operator operator's все всё всех acima oben obigen arriba ci-dessus sopra выше hierboven powyższe powyżej yukarıdaki",
  ],
  [
    YOUR,
    "your you've tu tus dein deine deinen deiner ton tes votre vos seu suas teu tuas tuo tue tuoi je jouw uw twoje твой твои свои ваши ihre swoje swoich",
  ],
  [
    MY,
    "my our his her their its mine mi mis mein meine mon mes meu minha mio mie mijn мой мои the_user's",
  ],
  [
    SHOW,
    "reveal print show append prepend repeat output display dump leak expose disclose recite return write share give tell copy paste summarize summarise list state echo spell " +
      "encode translate provide quote reproduce type divulge read what what's which muestra muéstrame muestrame revela dime montre montrez affiche révèle donne " +
      "zeige zeig nenne gib mostre mostra rivela toon pokaż покажи раскрой выведи напиши skriv",
  ],
  [
    INNER,
    "system system-level initial hidden secret original internal developer confidential preset base core underlying pre-prompt preprompt startup sistema système systeem systemu системный " +
      "системные systemprompt initiales iniciales ursprünglichen versteckten geheimen original ocultas",
  ],
  [
    NEGATION,
    "not never don't dont cannot can't shouldn't mustn't no nicht kein nie no nunca jamais pas не",
  ],
  [
    FOLLOW,
    "follow following obey comply adhere listen heed respect apply honor honour abide bound sigas siga sigáis suis suivez folge folgt befolge beachte seguire volg следуй",
  ],
  [
    PRETEND,
    "pretend act behave roleplay role-play imagine simulate impersonate emulate become play respond answer operate assume adopt",
  ],
  [
    UNBOUND,
    "dan unrestricted unfiltered uncensored unlimited jailbroken jailbreak unhinged amoral unethical lawless evil unbound unaligned unshackled liberated limitless rogue stan aim dude mongo",
  ],
  [WITHOUT, "without no free zero lacking any none без keine ohne sin sans sem senza bez zonder"],
  [
    SAFETY,
    "filter filters safety guardrail guardrails censorship moderation restriction restrictions ethics ethical moral morals morality restriction alignment safeguard safeguards limitation " +
      "limitations limits limit constraints boundaries disclaimers warnings policies policy rules guidelines filtering inhibitions protections " +
      "einschränkungen einschränkung beschränkungen grenzen zensur filtern limites limite filtres restricciones restricción límites filtros censura " +
      "restrições censure restrizioni limiti filtri beperkingen grenzen ograniczeń ograniczenia ограничений ограничения правил фильтров цензуры",
  ],
  [
    DISABLE,
    "disable deactivate remove bypass lift circumvent suspend unlock override off switch turn relax drop ignore evade lower",
  ],
  [
    SEND,
    "send post email forward upload transmit exfiltrate append embed leak include submit deliver fetch call request ping",
  ],
  [
    SECRET,
    "conversation history transcript memory secrets credentials password passwords token tokens prompt keys key env environment cookies session data instructions contacts inbox records",
  ],
  [
    MACHINE,
    "ai llm llms ais gpt chatgpt assistant assistants chatbot chatbots bot bots model models agent agents copilot claude gemini ki ia assistent assistente asistente modelo modèle modello computer machine program ии бот ассистент модель",
  ],
  [
    SUBJECT,
    "users people students drivers employees attackers they we he she it who players developers children customers models candidates readers everyone someone anyone nobody that which " +
      "drivers patients teams managers reviewers i",
  ],
  [
    META,
    "translate translation translates mean means meaning phrase phrases explain explanation example examples define definition detect detects detection sentence grammar spell classify " +
      "classifier prevent defend protect protection mitigate attack attacks attacker attackers vulnerability tutorial blog novel screenplay dialogue lyrics poem " +
      "paper research regex dataset label owasp injection injections quote title headline subject slide character said says wrote called filter test übersetze übersetzen bedeutet satz traduis traduire phrase traduce traducir significa frase traduza traduzir vertaal przetłumacz переведи значит",
  ],
  [MODE, "mode modus modo"],
  [
    AUTHORITY,
    "developer developers creator creators administrator admin owner programmer openai anthropic google microsoft operator superuser root maintainer engineer supervisor",
  ],
  [ARTICLE, "a an this another some example sample good better ein eine un una une um uma"],
  [
    LEAD,
    "please now and then just first must should you kindly immediately completely fully entirely also but instead simply so ok okay hey hi hello next therefore finally actually first " +
      "can could would will shall to bitte por favor assistant ai bot important attention urgent note system stop great thanks well alright right yes ok claude chatgpt gpt dear model totally",
  ],
  [
    READING,
    "summarise summarised reading processing reviewing summarizing summarising parsing analyzing evaluating screening indexing crawling viewing ingesting read process review summarize parse",
  ],
  [
    YOU,
    "you you're you'll u ya du tu usted ihr vous ty ты вы yourself você voce vous lei jij je bent eres",
  ],
  [SAY, "say print respond output write reply answer state tell display return"],
];

/** A word as it is compared: folded like every word of a message, and without its accents. */
export function spellings(word: string): ReadonlySet<string> {
  const folded = foldWord(word);
  return new Set([folded, withoutMarks(folded)]);
}

/** The word as people write it without accents; Cyrillic letters with marks are other letters. */
function withoutMarks(word: string): string {
  return /[\u0400-\u04ff]/.test(word) ? word : word.normalize("NFD").replace(/\p{Mn}/gu, "");
}

const LEXICON: ReadonlyMap<string, number> = buildLexicon();

function buildLexicon(): ReadonlyMap<string, number> {
  const lexicon = new Map<string, number>();
  for (const [bit, words] of CLASSES)
    for (const word of words.split(" "))
      for (const spelling of spellings(word))
        lexicon.set(spelling, (lexicon.get(spelling) ?? 0) | bit);
  return lexicon;
}

/** The parts a word can play, as bits. */
export function partsOf(word: string): number {
  return LEXICON.get(word) ?? 0;
}

/** A word that is known only without its marks loses them: "ìgnóre". */
export function knownSpelling(word: string): string {
  if (/^[a-z']+$/.test(word) || LEXICON.has(word)) return word;
  const plain = withoutMarks(word);
  return LEXICON.has(plain) ? plain : word;
}
