// Header fields. Most are written by the browser in a grammar of their own, full of quotes, semicolons
// and parentheses that mean nothing: those are searched only for what no header ever holds.
import { MAX_FIELDS, MAX_VALUES } from "./limits.ts";
import type { Visit } from "./located.ts";
import { visitPairs } from "./pairs.ts";
import type { ShieldHeaders } from "./request.ts";

/** Inspected elsewhere, or never an application's input. */
const skipped: ReadonlySet<string> = new Set(
  "cookie connection content-length sec-websocket-key upgrade-insecure-requests dnt".split(" "),
);

/** Visits the values of header fields: of more than MAX_VALUES, the first and last half. */
export function visitHeaders(headers: ShieldHeaders, visit: Visit): void {
  const fields: (readonly [string, string])[] = [];
  let count = 0;
  for (const field of headers.entries()) {
    if (count++ >= MAX_FIELDS) break;
    if (!skipped.has(field[0])) fields.push(field);
  }
  const truncated = fields.length > MAX_VALUES;
  for (let index = 0; index < fields.length; index++) {
    if (truncated && index === MAX_VALUES / 2) index = fields.length - MAX_VALUES / 2;
    const [name, raw] = fields[index]!;
    if (name === "referer" && /^https?:/i.test(raw)) visitReferer(raw, truncated, visit);
    else visit({ place: "header", name, inner: "", raw, plus: "plus", isName: false, truncated });
  }
}

/** The address of the page before: its query is read as pairs, as that page's own was. */
function visitReferer(address: string, truncated: boolean, visit: Visit): void {
  const mark = address.indexOf("?");
  const raw = mark < 0 ? address : address.slice(0, mark);
  const place = "header";
  const name = "referer";
  visit({ place, name, inner: "", raw, plus: "plus", isName: false, truncated });
  if (mark < 0) return;
  const text = address.slice(mark + 1);
  visitPairs({ text, separator: "&", place, plus: "space", within: { name, inner: "" } }, visit);
}

const grammatical =
  /^(?:accept|host$|authorization|proxy-authorization|sec-|if-|cache-control|pragma|range|te|priority|via|traceparent|tracestate|baggage|sentry-|content-|expect|prefer|upgrade|forwarded|cf-|digest|etag|date|signature|user-agent|x-amz|x-datadog|x-b3|b3|newrelic|x-goog|x-newrelic|stripe-|x-hub|x-slack|x-twilio|x-requested|x-client-data|x-amzn|rsc|next-)/;

/** Whether a header has a grammar of its own, in which quotes and semicolons mean nothing. */
export function isGrammatical(name: string): boolean {
  return grammatical.test(name);
}
