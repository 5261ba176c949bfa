/**
 * What a denied request is answered, and which rate limit fields an answer carries: as data, so that
 * each adapter only has to write it. Nothing in it tells an attacker which rule denied, or why.
 */
import type { RateLimitReasonData } from "@arcjet/protocol";
import { rateLimitFields, type FieldStyle } from "@arcjet/rate-limit";
import type { Decision, RuleResult } from "./decision.ts";

/** A response as data. */
export interface ResponseParts {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const NO_FIELDS: ResponseParts["headers"] = [];

/**
 * The `RateLimit` and `RateLimit-Policy` fields of a decision; empty when no limit ran. `style` is
 * `combined`, as draft 7 of draft-ietf-httpapi-ratelimit-headers had them, or `structured`, as the later
 * drafts do. Default: the option `rateLimitFields` of the client, which is `combined` unless given.
 *
 * @example
 * for (const [name, value] of rateLimitHeaders(decision)) response.setHeader(name, value);
 */
export function rateLimitHeaders(
  decision: Decision,
  style: FieldStyle = decision.fieldStyle,
): ResponseParts["headers"] {
  const limits = countersOf(decision.results);
  if (limits.length === 0) return NO_FIELDS;
  const fields = rateLimitFields(limits, style);
  return [
    ["ratelimit", fields["RateLimit"]!],
    ["ratelimit-policy", fields["RateLimit-Policy"]!],
  ];
}

/** What the live limits that ran have counted. */
function countersOf(results: readonly RuleResult[]): readonly RateLimitReasonData[] {
  const limits: RateLimitReasonData[] = [];
  for (const { type, state, data } of results) {
    if (type !== "RATE_LIMIT" || state === "NOT_RUN" || state === "DRY_RUN") continue;
    if (data.type === "RATE_LIMIT") limits.push(data);
  }
  return limits;
}

/** The answer to a denied request: 429 with `Retry-After` for a limit, else 403, as JSON or HTML. */
export function denialResponse(decision: Decision, accept: string | undefined): ResponseParts {
  const { reason } = decision;
  const limited = reason.isRateLimit();
  const status = limited ? 429 : 403;
  const title = limited ? "Too many requests" : "Forbidden";
  const html = prefersHtml(accept);
  const headers: (readonly [string, string])[] = [
    ["content-type", html ? "text/html; charset=utf-8" : "application/json; charset=utf-8"],
    ["cache-control", "no-store"],
    ...rateLimitHeaders(decision),
  ];
  if (limited && reason.retryAfter !== undefined)
    headers.push(["retry-after", String(reason.retryAfter)]);
  return {
    status,
    headers,
    body: html ? page(status, title) : JSON.stringify({ code: status, message: title }),
  };
}

const MAX_ACCEPT_LENGTH = 1024;

/** HTML only for clients that name it, and name it before JSON. */
function prefersHtml(accept: string | undefined): boolean {
  const text = accept?.slice(0, MAX_ACCEPT_LENGTH).toLowerCase() ?? "";
  const html = text.indexOf("text/html");
  const json = text.indexOf("application/json");
  return html !== -1 && (json === -1 || html < json);
}

const page = (status: number, title: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\n`;

interface HeaderTarget {
  readonly headers: Headers;
}
interface SettableTarget {
  setHeader(name: string, value: string): unknown;
}

/**
 * Writes the rate limit fields of a decision to web headers, a web response or a Node response, in the
 * style `combined` or `structured`. Default: the option `rateLimitFields` of the client.
 *
 * @example
 * setRateLimitHeaders(res, decision);
 * setRateLimitHeaders(res, decision, "structured");
 */
export function setRateLimitHeaders(
  target: Headers | HeaderTarget | SettableTarget,
  decision: Decision,
  style: FieldStyle = decision.fieldStyle,
): void {
  for (const [name, value] of rateLimitHeaders(decision, style)) {
    if ("setHeader" in target) target.setHeader(name, value);
    else if ("headers" in target) target.headers.set(name, value);
    else target.set(name, value);
  }
}
