/** Lines of a combined log, and the text of a configuration to judge them by. */

export const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const START = Date.UTC(2025, 9, 10, 12);

/** What one line of a combined log tells. */
export interface LogLine {
  /** Seconds after the beginning. */
  readonly at?: number;
  readonly ip?: string;
  readonly path?: string;
  readonly agent?: string;
  readonly status?: number;
}

/** A time as common logs write it. */
export function clf(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two);
  return `${day}:${clock.join(":")} +0000`;
}

/** A line of a combined log. */
export function logLine(line: LogLine = {}): string {
  const { at = 0, ip = "93.184.216.34", path = "/", agent = BROWSER, status = 200 } = line;
  return `${ip} - - [${clf(START + at * 1_000)}] "GET ${path} HTTP/1.1" ${status} 7 "-" "${agent}"`;
}

/** The text of a configuration with these rules, as JavaScript. */
export function configOf(rules: string): string {
  return `import * as arcjet from "@arcjet/core";
const { defineConfig, detectBot, filter, fixedWindow, shield, validateEmail } = arcjet;
export default defineConfig({ rules: [${rules}] });
`;
}
