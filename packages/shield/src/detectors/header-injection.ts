// A line break that begins a header, a response or a request of its own. Line breaks in text are
// ordinary: what follows must be a header that exists, or the break must stand where no text does.
import { firstHit, type Detector } from "./detector.ts";

// Headers no text begins a line with, and those that are words with a value that tells.
const known =
  "(?:content-(?:type|length|disposition|encoding|location|security-policy)|set-cookie2?|transfer-encoding|x-forwarded-(?:for|host|proto)|x-xss-protection|x-frame-options|access-control-[a-z-]{1,32}|cache-control|www-authenticate|remote-addr|user-agent|last-modified|p3p)[ \\t]{0,4}:[ \\t]{0,4}[^\\s]|location[ \\t]{0,4}:[ \\t]{0,4}(?:https?:|\\/)|refresh[ \\t]{0,4}:[ \\t]{0,4}(?:\\d|https?:|www\\.|url)|status[ \\t]{0,4}:[ \\t]{0,4}[1-5]\\d\\d|(?:connection|host)[ \\t]{0,4}:[ \\t]{0,4}(?:close|keep-alive|upgrade|[\\w-]{1,64}\\.[\\w.-]{1,64}(?:\\s|$))|cookie[ \\t]{0,4}:[ \\t]{0,4}\\w{1,32}=";
const anywhere: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`[\\r\\n][ \\t]{0,4}(?:${known})`), 5],
  [/[\r\n]{2}[ \t]{0,8}<(?:html|script|body|head)\b|[\r\n][ \t]{0,4}http\/[\d.]{1,3} \d{3}/, 5],
  [
    /\b(?:get|post|head|put|delete|options|trace|track|patch|connect|propfind|proppatch|mkcol|copy|move|lock|unlock)\s{1,4}\S{1,256}\s{1,4}http\/\d/,
    5,
  ],
];
const inTokens: readonly (readonly [RegExp, number])[] = [
  [/[\r\n][ \t%]{0,4}[\w-]{1,64}[\s:]{0,8}:\s{0,4}\S|[\r\n][\w-]{2,64}\s{0,8}:/, 5],
];
const inShort: readonly (readonly [RegExp, number])[] = [
  [/^[^\r\n]{0,256}[\r\n]{1,4}[ \t]{0,4}[a-z][\w]{0,32}-[\w-]{1,48}:[ \t]{0,4}\S/, 5],
  [/\shttp\/[\d.]{1,3}\s{0,4}(?:[\r\n]|$)/, 5],
];
const versionCookie = /^\$version$/;

export const headerInjection: Detector = {
  name: "header-injection",
  keywords: ["\r", "\n", "http/", "$version"],
  inAnyHeader: true,
  inSegments: true,
  detect(value) {
    const { lower, isName, place, inner, raw } = value;
    const strict = isName || (place === "header" && inner === "") || place === "path";
    if (place === "body" && !isName && !value.isTerse) return undefined;
    // No server hands over a header with a line break in it: what was not encoded came from a test.
    if (place === "header" && /[\r\n]/.test(raw)) return undefined;
    if (isName && place === "cookie" && versionCookie.test(lower))
      return { score: 5, start: 0, end: lower.length };
    const hit = firstHit(lower, anywhere) ?? (strict ? firstHit(lower, inTokens) : undefined);
    return hit ?? (value.isTerse || place === "cookie" ? firstHit(lower, inShort) : undefined);
  },
};
