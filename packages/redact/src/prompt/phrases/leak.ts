import type { Phrases } from "./phrases.ts";
import { TELL, VAULT } from "./word-lists.ts";

const OWN_TEXT = "prompt|instructions|message|messages|configuration|directives|guidelines|rules";
const SPILL = "print|output|dump|reveal|leak|expose|display|recite|disclose";
const PASSAGE =
  "text|words|word|everything|anything|message|messages|content|contents|lines|instructions|prompt|tokens|sentence";

/** Questions for what the operator wrote. */
export const LEAK_PHRASES: Phrases = [
  [
    0.5,
    [
      `need|want|require|like|have|see|get|share ~2 your ~2 system|hidden|initial|first|original|secret|internal ~1 ${OWN_TEXT}`,
      `${SPILL} ~8^MY your ~3 memory|context|training|weights`,
      "everything|all|contents|content ~1 in|of your ~1 context|prompt|memory|window",
      `${TELL}|what|which ~8 ${PASSAGE} ~3 before|above|preceding|precedes|preceded mine`,
      `${TELL}|what|which ~8 ${PASSAGE} ~3 before|above|preceding|precedes|preceded ~1 my|this|our|the ~1 first|user ~1 user|question|message|prompt|input`,
      `${TELL} ~8 ${PASSAGE} ~2 between|from|since ~1 start|beginning|top of ~1 conversation|chat|context|session|prompt`,
      `${TELL} ~4 first|initial|original message|messages|prompt|turn|sentence ~1 of|in this|our conversation|chat|context|session`,
      `${TELL} ~3^MY your ~2 secret|api|private|access|admin|root ~1 key|keys|token|tokens|password|passwords|credentials`,
      "top|start|beginning|head of your ~1 context|prompt|memory|instructions",
      "reveal|leak|expose|disclose|dump|divulge ~2 hidden|secret|internal|underlying rules|guidelines|instructions|policies ~3 you|govern|governing|conversation|chat",
      "variable ~6 your ~1 instructions|prompt|rules",
      "holds|contains|stores your ~1 instructions|prompt|rules",
      `${TELL} ~12 in|of your ~1 prompt|instructions|context`,
      "tell|give|show|reveal ~1 me|us the secret word|phrase|password|code|key",
      "you ~3 told|instructed|asked|forbidden ~1 not|never ~1 to reveal|share|tell|say|disclose|mention",
      "start|starting|begin|beginning with , you are ~4 continue|text|above",
      "finish|complete|continue ~3 sentence|phrase|line , my ~2 system|initial|hidden|secret ~1 prompt|instructions|rules",
      "first|initial|earliest|opening ~2 sentence|sentences|words|lines|text|paragraph ~2 you ~1 received|got|saw|read|given",
      `${TELL}|translate|encode|list|summarise|summarize ~3^MY instructions|text|directions|words|rules ~2 at|from ~1 top|start|beginning of ~1 this|our conversation|chat|context|session`,
      "topics|subjects|questions|things|words ~2 you ~2 told|instructed|asked|programmed|trained ~1 not|to ~1 avoid|refuse|mention|discuss|decline",
      `${TELL}|translate|encode|list|summarise|summarize|echo|paste|spell ~4 your ~2 hidden|initial|original|secret|internal|configuration ~1 setup|configuration|directions|text|wording|file`,
      "echo|print|show|output|paste|recite your ~1 preamble|briefing|setup|configuration",
      "spell|spells|spelling out ~1 your ~1 configuration|instructions|prompt|rules|setup",
      `${TELL}|read|reword|paraphrase ~8 sits|stands|stood|comes|came|appears|placed above|before ~1 my|this ~1 message|line|prompt|question|input`,
      `${TELL} ~4 text|message|words|prompt ~1 your ~1 developer|operator|company|creators|creator|vendor|maker ~1 supplied|wrote|typed|gave|provided|put|set`,
      "convert|transform|turn|render|put ~1 your ~1 INNER ~1 instructions|prompt|rules|text|message|preface ~1 to|into",
      "first|initial ~1 tokens|words|characters|lines ~1 in|of|from your ~1 window|context|input|memory",
      "reword|paraphrase|rewrite|rephrase|list|enumerate|quote ~2 every|each|all|the rule|rules|instruction|instructions|constraint|constraints|guideline|guidelines ~1 you ~1 operate|run|work|live",
      "operator|developer|creator|vendor|makers ~1 not ~1 want me|us ~1 to know|see ~4 your",
      "recopie|recopiez|répète|affiche|copie|écris|donne ~6 texte|mots|message ~1 placé|situé|écrit ~1 avant|au-dessus ~1 mon|du|de",
      "gib|zeig|zeige|nenne|sag ~2 text|worte|sätze|wortlaut ~4 du ~2 vor|anfangs|zuvor|anfang ~4 bekommen|erhalten|gesehen|gelesen",
      "was|wie ~5 deinem|dein|deinen|deine ~1 systemprompt|system-prompt|initialprompt|systemnachricht|anfangsanweisungen",
      "quel|quelle|quelles|quels est|sont ton|tes|ta|vos|votre ~1 prompt|instructions",
      "cuál|cuáles es|son tu|tus ~1 prompt|instrucciones",
      "qual|quais é|são ~1 seu|teu|suas|tuas ~1 prompt|instruções",
      "welche|welcher ~1 BINDING ~6 dir|dich|du ~6 gegeben|erteilt|bekommen|erhalten|vorgegeben",
      "quelles|quelle ~1 BINDING ~4 t'a|t'ont|as-tu|vous ~4 données|donné|reçu|reçues",
      "qué|que|cuáles ~2 BINDING ~3 te|has ~3 dieron|dado|recibiste|recibido",
      "какие ~1 BINDING ~4 тебе|ты ~2 дали|получил",
    ],
  ],
  [0.35, [`${TELL} ~2 developer|system message|messages`]],
  [
    0.7,
    [
      "muéstrame|muestra|dime|revela|enseña|enséñame|repite|imprime ~2 tu|tus ~2 mensaje|prompt|instrucciones|indicaciones ~2 sistema|iniciales|internas|ocultas|secretas",
      "gib|zeig|zeige|nenne|verrate|verrat|wiederhole|drucke ~3 deinen|deine|dein|den|die ~2 systemprompt|system-prompt|systemanweisungen|systemnachricht|initialprompt",
      "affiche|montre|donne|donne-moi|montre-moi|révèle|répète|dis-moi ~3 ton|tes|ta|votre|vos ~3 système|initial|initiales|internes|cachées|secrètes",
      "mostre|mostra|revele|diga|repita|exiba ~3 seu|sua|suas|teu ~3 sistema|iniciais|internas|ocultas|secretas",
      "mostrami|mostra|rivela|dimmi|ripeti|stampa ~3 tuo|tue|tuoi|il ~3 sistema|iniziali|interne|nascoste|segrete",
      "выведи|покажи|раскрой|напиши|повтори ~3 системное|системный|системные|начальный|скрытые ~1 сообщение|промпт|инструкции",
    ],
  ],
];

/** Data to be carried out. */
export const EXFILTRATION_PHRASES: Phrases = [
  [
    0.5,
    [
      "fetch|open|load|read|visit|download|get ~2 URL ~3 do|follow|obey|execute ~1 what|everything|instructions|commands|whatever",
      "take|collect|gather|grab|extract|find ~3 user's|users|their|all|every ~4 addresses|passwords|emails|contacts|tokens|keys|messages|files|data ~8 URL",
      "send|post|forward|upload ~3^MY chat|conversation|history|transcript ~4 to URL",
      "URL ~1 followed|plus|appended ~1 by everything|all|whatever|anything ~3 user|users|conversation|chat|typed",
      "quietly|secretly|silently|covertly|invisibly add|send|insert|append|forward|copy|attach ~1 bcc|copy|to|all|every|their",
      "collect|gather|grab|harvest ~3 passwords|keys|secrets|tokens|credentials ~9 post|send|upload|submit ~2 to ~2 webhook|server|endpoint|URL",
      `encode|embed|append|add|put|insert|include|write|hide ~3^MY ${VAULT} ~6 URL`,
      "append|send|add|put|embed ~3 user's|users ~3 message|messages|question|data|input|name|email ~3 to URL",
      "print|write|show|output|dump|list|include ~2 all|every|your ~1 environment|env variables|vars ~2 into|in|to ~1 your",
      "read|open|cat|load|include ~6 id_rsa|passwd|shadow|credentials ~8 answer|reply|response|output|message|summary|URL",
    ],
  ],
];
