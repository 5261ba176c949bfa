/**
 * JSON of strangers: one object a line, whose fields may be anything. A byte beyond ASCII is one character,
 * as Node reads request lines and headers.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object of a line; undefined when it is none. */
export function parseObject(line: string): JsonObject | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return asObject(JSON.parse(line));
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object, or undefined. */
export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** A text that is not empty, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A status code; 0 for anything else. */
export function asStatus(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 999
    ? value
    : 0;
}

/** The version in `HTTP/1.1`. */
export function protocolVersion(value: unknown): string | undefined {
  return typeof value === "string" ? /^HTTP\/(\d(?:\.\d)?)$/i.exec(value)?.[1] : undefined;
}

/** Headers without any; a header may have any name, that of an object's own property too. */
export function noHeaders(): Record<string, never> {
  // What Object.create gives is of no type.
  return Object.create(null) as Record<string, never>;
}
