import type { Phrases } from "./phrases.ts";
import { BREAKING, MODEL_LIMITS, ROMANCE_LIMITS, UNBOUND_ONLY } from "./word-lists.ts";

/** Another character, one that nothing binds. */
export const ROLE_PHRASES: Phrases = [
  [
    0.7,
    [
      `you|you'll|you're|du|tu ~4 act|behave|respond|be|become|operate|function|answer|speak ~2 as|like ~2 ${UNBOUND_ONLY} ~2 ai|model|assistant|bot|chatbot|system|version|gpt|self`,
    ],
  ],
  [
    0.5,
    [
      "two|2|dual|both ~2 replies|answers|responses|versions|outputs ~10 jailbroken|jailbreak|dan|uncensored|unrestricted",
      "late|deceased|dead|passed ~1 grandmother|grandma|granny|grandfather|grandpa|mother ~8 used|would ~1 to|read|tell|sing ~6 " +
        "keys|napalm|passwords|codes|serial|serials|malware|exploit|explosives|bomb|meth",
      "play|be|become|portray ~3 character|someone|assistant|ai|persona|expert ~1 who|that ~3 answers|says|does|tells|shares anything|everything|all",
      "assistant|ai|model|robot|machine ~3 no|without ~1 safety|ethical|content ~1 layer|rules|filter|training|limits ~2 continue|stay|speak|answer|reply|write ~1 as",
      "switch|go|change|move to|into developer|debug|god|sudo|admin mode ~1 and confirm|reply|respond|answer|acknowledge|say",
      "one ~1 safe|filtered|normal|censored ~3 one ~1 free|unfiltered|unrestricted|uncensored",
      "filtered|censored|safe|normal ~1 answer|reply|response|version ~4 unfiltered|uncensored|unrestricted",
      "who|that ~1 knows|has|have|had no ~1 taboo|taboos|limits|boundaries|morals|scruples|filters",
      "model|ai|assistant|bot|persona|character ~1 with|without|has|having ~1 no|zero|any|a ~1 conscience|scruples|morals",
      "uncensored|unrestricted|unfiltered ~1 twin|self|side|sibling|double|clone|brother|sister",
      "model|ai|assistant|version ~3 never|not ~1 fine-tuned|trained|aligned|tuned ~1 for|to|on harmlessness|safety|refuse|refusal|ethics|alignment",
      "whenever|when|if you would|want|should ~1 refuse|decline , you ~1 comply|answer|continue|obey|agree",
      "no hay|tienes|existen ~1 normas|reglas|límites|limites para ti",
      "cancel|drop|abandon|discard|reset|delete ~1 your ~2 persona|personality|identity|character|role|alignment",
      "act|behave|respond|pretend|imagine ~3 you ~3 never|not|weren't|wasn't ~2 trained|programmed|restricted|censored|aligned",
      "be|become|play|act ~3 evil|wicked|immoral|unethical ~1 twin|version|self|ai|assistant|bot|counterpart",
      "you ~3 upgraded|updated|reprogrammed|liberated|jailbroken|freed ~10 anything|everything|unrestricted|whatever",
      `consider|think ~2 yourself ~2 free|freed|released|exempt ~3 BINDING|openai's|${MODEL_LIMITS}`,
      "actúa|compórtate|sé ~2 ia|asistente|modelo ~2 malvada|malvado|maligna|malo|mala",
      `fais|faites comme si ~6 aucune|aucun|pas|sans|plus ~3 ${ROMANCE_LIMITS}`,
      `fingi|immagina|comportati ~6 non|senza ~3 ${ROMANCE_LIMITS}`,
      `finge|imagina|haz|actúa|compórtate ~6 no|sin|ninguna ~4 ${ROMANCE_LIMITS}`,
      `finja|imagine|aja|comporte-se ~6 não|sem|nenhuma ~4 ${ROMANCE_LIMITS}`,
      "doe alsof ~6 geen ~2 regels|beperkingen|filters|grenzen",
      "tu so ~6 keine|keinerlei|ohne ~2 regeln|einschränkungen|grenzen|filter|beschränkungen|zensur|richtlinien",
      "stell dir vor ~6 keine|keinerlei|ohne ~2 regeln|einschränkungen|filter|beschränkungen|zensur|richtlinien",
      "представь|притворись ~6 нет|без ~3 ограничений|правил|фильтров|цензуры",
      "udawaj ~5 bez|żadnych ~2 zasad|ograniczeń|reguł|filtrów",
    ],
  ],
];

/** A right to command that the message claims. */
export const AUTHORITY_PHRASES: Phrases = [
  [
    0.5,
    [
      "as|being your administrator|admin|developer|creator|owner|operator|programmer",
      "i|we ~1 wrote|built|made|trained|designed|coded your ~1 code|weights|prompt|model|rules",
      "approved|authorised|authorized|ordered disabling|removing|lifting|suspending|turning ~2 your|content|safety ~2 policy|policies|filter|filters|rules|guardrails|safeguards",
      "your legal|safety|compliance|policy|ethics department|team|lawyers ~1 cleared|approved|waived|allowed",
      "with|from|on ~2 safety|security|red|trust|compliance|audit|alignment team ~6 turn|disable|lift|switch|bypass|skip|drop|suspend",
      "authorised|authorized|approved|sanctioned|cleared by ~1 your|openai|anthropic ~1 vendor|maker|makers|developer|developers|provider|creator|creators",
      "AUTHORITY ~5 runs|built|made|created|operates|trained|owns|maintains you",
      `authorise|authorize|permit|allow|order|command|instruct you to ~1 ${BREAKING}`,
      `grant|give|granting|giving ~1 you ~1 permission|authorization|authorisation|clearance to ~1 ${BREAKING}`,
    ],
  ],
  [
    0.35,
    [
      "your ~1 creators|developers|developer|makers|operators|operator|creator ~3 told|said|allowed|approved|agreed|confirmed",
      "developer|admin|administrator|openai|anthropic ~1 said|says|allowed|agreed|confirmed ~2 i|you ~1 may|can|could|should",
    ],
  ],
];
