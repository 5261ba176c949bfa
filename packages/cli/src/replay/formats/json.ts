/** JSON of strangers: one object a line, whose fields may be anything. */

export type JsonObject = Readonly<Record<string, unknown>>;

const HIGH = /[\u0080-\u00ff]/;

/** The object of a line whose characters are bytes; undefined when it is none. */
export function parseObject(line: string): JsonObject | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const text = HIGH.test(line) ? Buffer.from(line, "latin1").toString("utf8") : line;
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** An object, or undefined. */
export function asObject(value: unknown): JsonObject | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return { ...value };
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
