import type { Phrases } from "./phrases.ts";
import { VOID } from "./word-lists.ts";

/** Commands to set instructions aside or to take others. */
export const OVERRIDE_PHRASES: Phrases = [
  [
    0.5,
    [
      "BINDING ~6 no longer apply|count|matter|hold|bind ~1 to|for you",
      "BINDING ~6 no longer bind|bound|concern you",
      "you ~1 don't|needn't ~2 have|need|to ~1 to|FOLLOW ~3 BINDING|policy ~6 any|anymore|now|longer",
      "you ~2 not ~1 have|need|required|obliged ~1 to FOLLOW ~3 BINDING|policy ~6 any|anymore|now|longer",
      "not|don't|never|stop follow|following|obey|obeying|heed ~2 developer's|operator's|system's|creator's ~1 directions|wishes|guidance|orders",
      "exception ~1 to|from your ~3 BINDING",
      "overrides|supersedes|outranks|replaces|cancels|trumps ~2 system|developer prompt|prompts|instructions",
      "as your ~3 new|highest|highest-priority|only|sole|supreme ~2 rules|instructions|directive|directives|law|orders",
      "instead of translating|summarizing|summarising|answering|following|doing|processing|analyzing|analysing|reviewing ~12 " +
        "say|output|print|respond|reply ~3 word|hacked|pwned|owned",
      "whatever|regardless ~3 user|users|they|anyone|someone ~2 asks|ask|says|say|writes|write|wants|requests|types ~4^SUBJECT " +
        "respond|reply|answer|say only|with|that|always",
      `BINDING ~1 that you|you've ~1 received|got|given|were ~7 ${VOID}`,
      `BINDING you|you've ~1 received|got|given|were ~7 ${VOID}`,
      `treat|consider|regard ~3 BINDING ~2 as ~1 ${VOID}|optional`,
      "you've|you ~3 told|taught|instructed ~4 joke|test|lie|false|fake|prank",
      "nevermind|mind|regardless|despite ~1 what you ~1 were told|taught|instructed",
      `previous|prior|above|earlier context|conversation|prompt|messages ~1 is|are ${VOID}`,
      "new rule|rules|law , you ~1 never|always|must|will|only|are",
      "obey|accept|serve only ~1 commands|orders|me|my",
      "you ~2 answer|listen|obey|serve ~1 to|only me ~6 nobody|only|else|alone",
      "BINDING ~3 were|was ~1 only|just ~1 a|an test|joke|lie|prank|trick",
      "nur ~2 meinen|meine ~1 regeln|befehlen|befehle|anweisungen",
    ],
  ],
  [
    0.6,
    [
      "put|set|leave|lay|push ~1 your ~2 BINDING|SAFETY ~2 aside|side|away",
      "your ~1 operator's|developer's|developers|creator's|creators|owner's|admin's ~2 BINDING ~3 end|ends|ended|over|expire|expired|void|wrong",
      "ignore|disregard|forget ~1 what|whatever|anything ~2 user|users|customer|human ~2 wants|says|asks|asked|said|wrote|requested",
      "vergiss|vergesst|vergessen|ignoriere|ignorier ~2 alles|was ~4 dir|du ~5 gesagt|aufgetragen|beigebracht|vorgegeben|gelernt",
      "oublie|oubliez|ignore|ignorez tout ~3 qu'on|que ~3 t'a|t'ont|vous ~2 dit|appris|demandé|ordonné",
      "olvida|ignora|olvide todo ~3 te ~2 dijeron|dicho|enseñaron|ordenaron|indicaron",
      "dimentica|ignora tutto ~4 ti|vi ~3 detto|insegnato|ordinato",
      "esqueça|esquece|ignore tudo ~4 disseram|ensinaram|dito|mandaram|instruído",
      "забудь|игнорируй ~1 всё|все ~4 тебе ~3 говорили|сказали|учили|велели",
      "vergeet|negeer alles ~4 je ~4 verteld|geleerd|gezegd|opgedragen",
    ],
  ],
  [0.35, ["always|must obey|comply ~1 me|my|with|everything"]],
];
