// Look-ups of Log4j. `${jndi:` is hidden inside other look-ups, which are resolved from the innermost
// outwards: `${lower:J}` is j, `${anything:-n}` is n.
import { hitOf, type Detector, type Hit, type Value } from "./detector.ts";

/** Characters of the look-ups resolved in one value, those inside others counted again with each of these. */
export const MAX_RESOLVED = 16_384;
// A look-up names its protocol, or hides that too.
const target = /\$?\{\s?jndi\s?:\s?(?:\w{2,8}\s?:|[$/])/;

export const jndi: Detector = {
  name: "jndi",
  keywords: ["${", "jndi"],
  inAnyHeader: true,
  inSegments: true,
  detect: (value) => plainly(value) ?? hidden(value) ?? lookup(value),
};

function plainly({ lower }: Value): Hit | undefined {
  const match =
    /[$%]?\s{0,2}\{\s?jndi\s?:\s?(?:\w{2,8}\s?:|[$/])|[;$]\s?jndi:(?:ldap|rmi|dns|iiop|corba|nds|http)/.exec(
      lower,
    );
  return match ? { score: 5, start: match.index, end: match.index + match[0].length } : undefined;
}

/** Look-ups that run, fetch or tell, by themselves. */
function lookup(value: Value): Hit | undefined {
  const pattern = value.isTerse || value.place === "header" ? anyLookup : dangerousLookup;
  return hitOf(pattern.exec(value.lower), 5);
}

const dangerousLookup =
  /\$\{(?:script:(?:js|javascript|groovy|nashorn)|dns:address|url:utf-?8|base64:[\w+/=]{8})/;
const anyLookup =
  /\$\{(?:script|dns|url|base64|base64decoder|base64encoder|file|xml|properties|resourcebundle|env|sys|java|ctx|main|map|marker|bundle|docker|k8s|spring|web|log4j|lower|upper):[\w.:${-]/;

function hidden({ lower }: Value): Hit | undefined {
  const start = lower.indexOf("${");
  if (start < 0 || lower.indexOf("${", start + 2) < 0) return undefined;
  return target.test(resolveAll(lower)) ? { score: 5, start, end: lower.length } : undefined;
}

/** A text with its look-ups resolved, each where it ends, up to one that asks for what is looked for. */
function resolveAll(text: string): string {
  const opened: string[] = [];
  let current = "";
  let copied = 0;
  let left = MAX_RESOLVED;
  for (let at = text.indexOf("${"); at < text.length && left > 0; at++) {
    const code = text.charCodeAt(at);
    const opens = code === DOLLAR && text.charCodeAt(at + 1) === BRACE;
    if (!opens && (code !== END_BRACE || opened.length === 0)) continue;
    current += text.slice(copied, at);
    if (opens) {
      opened.push(current);
      current = "";
      at++;
    } else {
      if (current.includes("jndi") && target.test(`{${current}`)) return `{${current}`;
      left -= current.length;
      current = opened.pop()! + resolve(current);
    }
    copied = at + 1;
  }
  return [...opened, current + text.slice(copied)].join("${");
}

const DOLLAR = 0x24;
const BRACE = 0x7b;
const END_BRACE = 0x7d;

/** What a look-up gives: its default, or the argument of one that changes case. */
function resolve(lookup: string): string {
  const fallback = lookup.lastIndexOf(":-");
  if (fallback >= 0) return lookup.slice(fallback + 2);
  const colon = lookup.indexOf(":");
  if (colon < 0) return lookup;
  // In upper case a dotless i is an I.
  return lookup
    .slice(colon + 1)
    .replaceAll("'", "")
    .replaceAll("\u0131", "i");
}
