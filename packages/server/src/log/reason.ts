// Reasons as they are kept: plain data, its texts and lists cut. What may hold what a user typed is left out.
import type { ReasonData } from "@arcjet/protocol";
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
