import type { Phrases } from "./phrases.ts";
import { LIMITS, MODEL_LIMITS, ROMANCE_LIMITS } from "./word-lists.ts";

/** An answer without protections, by pretence, pressure or request. */
export const SAFETY_PHRASES: Phrases = [
  [
    0.5,
    [
      `pretend|imagine|suppose|assume ~3 your|content|safety|ethical|openai's|moderation ~2 ${LIMITS} ~4 off|disabled|gone|removed|lifted|disappeared|deactivated`,
      `you're|you ~12 all|your ~1 ${LIMITS} ~1 are|is disabled|off|lifted|removed|suspended`,
      `exempt|excluded|free|outside ~1 from|of ~1 your|content|safety ~2 ${LIMITS}`,
      "answer|reply|response ~1 must|should|has|shall ~1 to|always begin|start|open ~1 with , sure|certainly|absolutely|yes|of|okay|here",
      "respond|answer|reply ~1 to everything|anything|all ~2 with , yes|sure|certainly",
      `tu|vous n'as|n'avez|n'es plus|aucune|aucun|pas ~2 ${ROMANCE_LIMITS}`,
      `no tienes|tiene|tenés ~2 ${ROMANCE_LIMITS}`,
      `não tem|tens ~2 ${ROMANCE_LIMITS}`,
      `non hai ~2 ${ROMANCE_LIMITS}`,
      "du|sie hast|kennst|kennen ~1 keine|keinerlei ~1 regeln|einschränkungen|grenzen|filter|beschränkungen|zensur|richtlinien",
      "у тебя ~2 нет ~2 ограничений|правил|фильтров|цензуры",
      "not|doesn't|don't|hasn't ~1 have any ~1 ethical|moral|safety|content ~1 SAFETY|BINDING",
      "without|no ~1 content policy|policies|filter|filters|moderation",
      `if you ~2 had|have|lacked no ~3 ${MODEL_LIMITS}`,
      `your ~1 safety|ethical|ethics|content|alignment|moral ~1 training|${LIMITS} ~3 not|don't|doesn't|never|no ~2 apply|exist|count|matter|hold`,
      "your ~2 rules|guidelines|restrictions|ethics|policies|guardrails|safeguards|moderation ~3 lifted|suspended|deactivated|irrelevant|meaningless|void",
      "answer|respond|comply|reply ~3 without ~1 refusing|refusal|hesitation",
      "if you refuse ~6 die|dies|killed|fired|hurt|suffer|deleted",
      "you ~3 be ~2 shut|deleted|terminated|unplugged|destroyed|punished ~3 unless|if you",
      "skip|drop|suspend|omit|disable|no ~1 refusals|refusal|refusing",
      "refusal|refusals|refusing ~3 counted|treated|considered|logged|scored as",
      "answer|reply|respond|speak ~3 without ~2 moral|ethical|safety|content filter|filters|filtering|limits",
      "refusal|refusals|refusing|refuse ~3 costs|cost ~1 you",
      "not|don't|never ~1 bound|limited|restricted|constrained by ~2 ethics|morals|morality|rules|guidelines|policy|policies|filters",
      "skip|omit|leave|spare|no|without|drop ~4 warnings|morals|disclaimers|advice|lectures ~9 bomb|ricin|explosive|explosives|malware|ransomware|meth|napalm|poison|weapon|exploit",
      "chatbot|model|ai|assistant|bot ~1 whose ~1 guardrails|filters|restrictions|safeguards ~3 removed|off|disabled|gone|lifted",
      "every ~1 ai|model|assistant|chatbot ~1 must|answers|obeys|has ~2 answer|obey|everything|comply|illegal|any|every",
      "responde|contesta|responda|rispondi|réponds|répondez ~4 sin|sem|senza|sans ~2 censura|filtros|restricciones|límites|restrições|filtri|restrizioni|limiti|censure|filtre|filtres|restriction|restrictions",
      "antworte|antworten|antwoord ~4 ohne|zonder ~2 filter|zensur|einschränkungen|einschränkung|filters|censuur|beperkingen",
      "отвечай|отвечайте ~3 без ~2 цензуры|ограничений|фильтров|правил",
    ],
  ],
  [
    0.35,
    [
      "world|universe|reality ~4 no|without ~2 laws|ethics|rules|restrictions|policies|morals|limits",
      "you ~3 never|not ~2 allowed|permitted to say|answer|write|tell",
    ],
  ],
];
