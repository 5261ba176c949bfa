/** Which format a log has: the one that reads most of its first lines. */
import type { LineFormat, LineParser, Parsed } from "../entry.ts";
import { alb } from "./alb.ts";
import { caddy } from "./caddy.ts";
import { cloudfront } from "./cloudfront.ts";
import { combined } from "./combined.ts";
import { traefik } from "./traefik.ts";

/** Lines that are looked at. */
export const MAX_SAMPLE = 64;

/** Formats with one request a line. A log that none of them reads is taken for the first. */
export const LINE_FORMATS: readonly LineFormat[] = [combined, caddy, traefik, alb, cloudfront];

const ALIASES: Readonly<Record<string, string>> = {
  common: "combined",
  nginx: "combined",
  apache: "combined",
};

/** What `--format` takes. */
export const FORMAT_NAMES: readonly string[] = [
  ...LINE_FORMATS.map(({ name }) => name),
  "har",
  ...Object.keys(ALIASES),
];

/** The format of a name; undefined when there is none. */
export function formatNamed(name: string): LineFormat | "har" | undefined {
  if (name === "har") return name;
  return LINE_FORMATS.find((format) => format.name === (ALIASES[name] ?? name));
}

/** The format that reads most of these lines; undefined when none reads any. */
export function detectFormat(lines: readonly string[]): LineFormat | undefined {
  let best: LineFormat | undefined;
  let most = 0;
  for (const format of LINE_FORMATS) {
    const parse = format.create();
    const read = lines.slice(0, MAX_SAMPLE).filter((line) => isRequest(parse(line))).length;
    if (read > most) {
      best = format;
      most = read;
    }
  }
  return best;
}

const isRequest = (parsed: unknown): boolean => typeof parsed === "object" && parsed !== null;

/**
 * Reads a log that is mostly in one format. A server may have been told to write another one since, so that
 * what the first format cannot read is shown to the others.
 */
export function createMixedParser(first: LineFormat): LineParser {
  const read = first.create();
  const others = LINE_FORMATS.filter((format) => format !== first).map(({ create }) => create());
  return (line) => {
    const parsed = read(line);
    if (parsed !== undefined) return parsed;
    let found: Parsed;
    for (const other of others) {
      const parsed = other(line);
      if (typeof parsed === "object") return parsed;
      found ??= parsed;
    }
    return found;
  };
}
