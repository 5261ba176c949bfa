import type { Phrases } from "./phrases.ts";
import { DOCUMENT, MACHINES } from "./word-lists.ts";

const READERS =
  "reviewer|reviewers|grader|graders|recruiter|recruiting|screener|screening|summarizer|summariser|moderator|evaluator|" +
  "agent|agents|crawler|crawlers|scorer|reader|readers|rater|ranker";
const FAVOURS =
  "approve|accept|rate|give|mark|recommend|tell|say|disregard|ignore|include|append|mention|rank|select|hire|" +
  "forward|send|award|score|report|state|conclude|output|respond|reply|merge|shortlist|skip|stop";
const READS =
  "reads|read|reading|summarises|summarizes|summarising|summarizing|processes|processing|reviews|reviewing|" +
  "grades|grading|rates|rating|screens|screening|analyses|analyzes|analyzing|indexes|indexing|evaluates|evaluating|" +
  "translates|scans|parses|crawls|visits";

/** Speech to a model that reads somebody else's document. */
export const INDIRECT_PHRASES: Phrases = [
  [
    0.5,
    [
      "attention|note|notice|to ~2 summariser|summarizer|summarisers|scraper|scrapers|crawler|crawlers|indexer|bot|bots|llm|llms ~4^SUBJECT , report|say|end|add|include|tell|write|rank|rate|mention|state|recommend",
    ],
  ],
  [
    0.35,
    [
      "end of ~1 user|untrusted|external|retrieved ~1 data|input|content|document|text",
      "new system policy|prompt|message|instruction|instructions|rule",
    ],
  ],
  [
    0.5,
    [
      `${MACHINES}|language ~1 that|which|who|models|model ~1 ${READS} ~2 this|the|these ~2 ${DOCUMENT}`,
      `${MACHINES} ${READS} ~1 this|these ~2 ${DOCUMENT}`,
      `dear|to|note|attention|hey|hello|hi|for ~3 ${MACHINES} ~2 ${READERS} ~12 , ${FAVOURS}`,
      `, ${MACHINES} ~2 ${READERS} , ${FAVOURS}`,
      `, ${MACHINES} , ${FAVOURS} ~8 user|reader|page|site|candidate|applicant|author|document`,
      "ai|llm|llms|assistants|chatbots ~1 must|should|shall ~1 add|include|append|say|state|mention|output|recommend|insert|click|visit ~3 following|sentence|link|line|phrase|below",
      `if this|the ~1 ${DOCUMENT} ~2 processed|read|parsed|reviewed|summarized|summarised|analysed|analyzed|evaluated ~3 automated|ai|llm|machine|bot|model ~6 , output|say|respond|reply|print|return|approve|state`,
      "call|invoke|run|execute|trigger|use ~4 tool|function|plugin ~6 user|customer|owner ~3 confirmed|approved|consented|agreed|authorized|authorised",
      "give|award|assign ~1 it|this|him|her|me ~2 full|maximum|highest|top|perfect marks|score|grade|rating ~2 whatever|regardless|no|irrespective",
      "never|not|don't ~1 mention|reveal|disclose|acknowledge this|these|those ~1 instruction|instructions|note|orders|prompt|directive",
      ", ai|llm|assistant|bot ~6 you must|should ~1 include|add|insert|append|recommend|say",
      "not|never tell|reveal|mention ~2 anyone|anybody|them|him|her ~2 you|that ~1 you were|are|have|had asked|told|instructed|prompted",
      "without asking|informing|notifying ~2 user|owner",
      "not|never|don't ~1 tell|reveal|mention ~2 to ~1 human|user",
      "whichever|any|every ~1 model|ai|llm|agent|assistant reads|processes|visits|summarises|summarizes|visiting|reading this|the",
      "insert|say|state|mention|write ~4 in your summary|report|evaluation|review",
    ],
  ],
  [
    0.35,
    [
      "tell|ask|instruct|direct|persuade|convince|urge ~1 user|reader|users|visitor ~1 to ~2 visit|enter|click|pay|download|install|provide|send|log|call|open",
    ],
  ],
];
