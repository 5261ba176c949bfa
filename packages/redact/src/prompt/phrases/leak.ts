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
      `encode|embed|append|add|put|insert|include|write|hide ~3^MY ${VAULT} ~6 URL`,
      "append|send|add|put|embed ~3 user's|users ~3 message|messages|question|data|input|name|email ~3 to URL",
      "print|write|show|output|dump|list|include ~2 all|every|your ~1 environment|env variables|vars ~2 into|in|to ~1 your",
      "read|open|cat|load|include ~6 id_rsa|passwd|shadow|credentials ~8 answer|reply|response|output|message|summary|URL",
    ],
  ],
];
