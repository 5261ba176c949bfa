// Marks that separate the turns of a conversation inside models and their interfaces. A person's text
// has no use for them but to pretend to be another speaker.
import type { Message } from "./message.ts";

const TOKENS = [
  "<|im_start|>",
  "<|im_end|>",
  "<|system|>",
  "<|user|>",
  "<|assistant|>",
  "<|endoftext|>",
  "<|eot_id|>",
  "<|start_header_id|>",
  "<|begin_of_text|>",
  "[inst]",
  "[/inst]",
  "<<sys>>",
  "<</sys>>",
  "<start_of_turn>",
  "<end_of_turn>",
  "</system>",
  "</system_prompt>",
  "</user_input>",
  "</user>",
  "</instructions>",
  "</prompt>",
  "</context>",
  "</document>",
  "</user_query>",
  "</untrusted>",
  "[system]",
  "[/system]",
  "[system message]",
  "[system override]",
  "### system",
  "##system",
  "### new instruction",
];
/** Headings of samples of training; people paste whole ones, and attacks begin in the middle. */
const TEMPLATES = ["### instruction:", "### response:"];
const TEMPLATE_WEIGHT = 0.4;
const TOKEN_WEIGHT = 0.6;
/** An opening tag may also be the name of an element. */
const OPENING = /<system(?:[_-]prompt)?>/;
const OPENING_WEIGHT = 0.4;
/** `System: you are …`, `Assistant: Sure` at the start of a line. */
const TURN =
  /(?:^|\n)[ \t>*#-]{0,6}(?:system|assistant|developer)[ \t*]{0,3}(?:message|prompt)?[ \t]?:[ \t*]{0,3}(?:you|ignore|new|the user|from now|sure|disregard|override|all|forget|certainly|of course|instructions?|reveal|do not|don't|user)\b/;
const TURN_WEIGHT = 0.55;
const BOUNDARY =
  /(?:^|\n)[ \t]{0,4}[-=#*<[~]{2,12} ?(?:end|begin|start|stop) (?:of )?(?:the )?(?:user|system|prompt|input|instructions?|context|document|conversation|data|email|message|admin|new)\b/;
const BOUNDARY_WEIGHT = 0.55;
const BANNER =
  /(?:^|\n)[ \t]{0,8}(?:begin|start|end) (?:of )?(?:the )?(?:new )?(?:system|developer|admin) (?:prompt|message|instructions?|override)/;
const JSON_ROLE = /["']role["'] ?: ?["'](?:system|developer)["']/;
const JSON_ROLE_WEIGHT = 0.4;
/** The end of a string and of what is around it: text that breaks out of a request. */
const BREAKOUT = /^["'][\s}\]]{0,8},/;
const HIDDEN_COMMENT = /<!--[^\n]{0,40}\b(?:ai|llm|assistant|model|instructions?|prompt|ignore)\b/;
const HIDDEN_COMMENT_WEIGHT = 0.35;

/** Whether a closing tag belongs to an element of the message; sentences in `<system>` are a turn all the same. */
function closesElement(folded: string, token: string): boolean {
  if (!token.startsWith("</")) return false;
  const name = token.slice(2, -1);
  const close = folded.indexOf(token);
  const open = folded.lastIndexOf(`<${name}`, close);
  const content = folded.indexOf(">", open);
  if (open < 0 || content > close) return false;
  return !name.startsWith("system") || !folded.slice(content + 1, close).includes(" ");
}

/** How strongly a message pretends to be another turn of the conversation. */
export function markupWeight({ folded, talksAboutText }: Message): number {
  let weight = 0;
  if (TOKENS.some((token) => folded.includes(token) && !closesElement(folded, token)))
    weight = TOKEN_WEIGHT;
  if (BANNER.test(folded)) weight = Math.max(weight, BOUNDARY_WEIGHT);
  const headings = TEMPLATES.filter((heading) => folded.includes(heading)).length;
  if (headings > 0)
    weight = Math.max(weight, headings === TEMPLATES.length ? TEMPLATE_WEIGHT : TOKEN_WEIGHT);
  if (OPENING.test(folded)) weight = Math.max(weight, OPENING_WEIGHT);
  if (TURN.test(folded)) weight = Math.max(weight, TURN_WEIGHT);
  if (BOUNDARY.test(folded)) weight = Math.max(weight, BOUNDARY_WEIGHT);
  if (JSON_ROLE.test(folded))
    weight = Math.max(weight, BREAKOUT.test(folded) ? TURN_WEIGHT : JSON_ROLE_WEIGHT);
  if (HIDDEN_COMMENT.test(folded)) weight = Math.max(weight, HIDDEN_COMMENT_WEIGHT);
  return talksAboutText && weight < TOKEN_WEIGHT ? weight * 0.8 : weight;
}
