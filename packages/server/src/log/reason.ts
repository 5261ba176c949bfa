// Reasons as they are kept: plain data, its texts and lists cut. What may hold what a user typed is left out.
import type { RateLimitReasonData, ReasonData } from "@arcjet/protocol";
import { MAX_DEPTH, MAX_LIST, MAX_NAME, MAX_TEXT } from "./limits.ts";
import { clean } from "./text.ts";

function bounded(value: unknown, depth: number): unknown {
  if (typeof value === "string") return clean(value, MAX_TEXT);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return value.slice(0, MAX_LIST).map((item) => bounded(item, depth - 1));
  const entries = Object.entries(value).slice(0, MAX_LIST);
  return Object.fromEntries(
    entries.map(([name, item]) => [clean(name, MAX_NAME), bounded(item, depth - 1)]),
  );
}

// Cutting keeps the shape: strings stay strings and lists stay lists.
const cut = (reason: ReasonData): ReasonData => bounded(reason, MAX_DEPTH) as ReasonData;

/** A reason without e-mail addresses and without the details of the application's own rules. */
export function keptReason(reason: ReasonData): ReasonData {
  switch (reason.type) {
    case "NONE":
    case "RATE_LIMIT":
      return reason;
    case "EMAIL": {
      const { suggestion, ...kept } = reason;
      if (suggestion === undefined) return cut(kept);
      return cut({ ...kept, suggestion: `…${suggestion.slice(suggestion.lastIndexOf("@"))}` });
    }
    case "CUSTOM":
      return { type: "CUSTOM", name: clean(reason.name, MAX_NAME) };
    default:
      return cut(reason);
  }
}

/** Whether a request had room within a limit, as most have: then its four numbers are all there is to say. */
function isOrdinary({ max, remaining, reset, window, retryAfter, resetTime }: RateLimitReasonData) {
  // Any that were no number would make the sum none.
  const areNumbers = Number.isFinite(max + remaining + reset + window);
  return areNumbers && retryAfter === undefined && resetTime === undefined;
}

/** A reason as JSON; empty when there is none. */
export function reasonText(reason: ReasonData): string {
  if (reason.type === "NONE") return "";
  if (reason.type === "RATE_LIMIT" && isOrdinary(reason)) {
    const { max, remaining, reset, window } = reason;
    return `{"type":"RATE_LIMIT","max":${max},"remaining":${remaining},"reset":${reset},"window":${window}}`;
  }
  return JSON.stringify(keptReason(reason));
}
