// Some parameters take what a person writes: a search, a message, a name. There a word, a call or a
// line of code may be what the text is about, and only a breakout speaks. Others take an identifier, a
// page or a file: what is code as a whole, and nothing else, was not put there by a reader or a form.
import type { Located } from "../located.ts";

/** Names of parameters that take text someone wrote. */
const written =
  /^(?:q|s|k|kw|phrase|terms?|text|txt|msg|search\w{0,16}|find|lookup|answer|question|address|city|place|bio|about|dt|el|ea|ec|en|code|snippet|source|src_?code|script|sql|statement|expression|formula|pattern|regexp?|template|tmpl|html|css|markdown|md|json|xml|variables|log|error|stack|trace|where|filter\w{0,16}|expr|jql|cql|kql|soql|dql|script_?text)$|(?:query|queries|search|keywords?|keyphrase|term|text|comment|message|description|body|content|title|subject|notes?|name|label|caption|summary|review|author|company|headline|excerpt|suggest|feedback|reason|remarks?)s?\]?$/;

/** Words in a row, code set off in a sentence, or a script without spaces: somebody wrote this. */
const prose =
  /(?:^|\s)(?:[a-z\u00c0-\u02ff\u0370-\u1fff]{2,24},?\s){5}[a-z]|[a-z]{2}\s`[^`]{1,64}`|`[^`]{1,64}`[,.:]?\s[a-z]{2}|[\u3040-\u9fff\uac00-\ud7a3]{4}/;

/** Names of body fields that take no text, whatever else the body holds. */
const identifier =
  /^(?:[\w-]{0,24}[_-]?(?:id|uuid)|user(?:_?name)?|login|e-?mail|account|page|host(?:name)?|ip|domain|sort(?:_?by)?|order(?:_?by)?|lang|locale|category|country|currency)$/;

/** Whether a value stands where an application expects something short, not text. */
export function standsForShort({ place, inner, isName, name }: Located): boolean {
  if (place === "body")
    return !isName && identifier.test(name.slice(name.lastIndexOf(".") + 1).toLowerCase());
  if (place !== "query" || inner !== "") return false;
  return isName || !written.test(name.toLowerCase());
}

/** Whether somebody wrote a text, in words. */
export function isProse(lower: string): boolean {
  return prose.test(lower);
}
