// Downloads. A spreadsheet runs a cell that begins like a formula, so an apostrophe goes before what could; after
// a semicolon, a tab or the end of a line as well, for those may be what separates cells where it is opened.
import type { DecisionRow } from "../log/index.ts";
import { iso } from "./format.ts";

/** Decisions of one download. */
export const MAX_EXPORT = 10_000;

const COLUMNS = [
  "id",
  "time",
  "site",
  "source",
  "conclusion",
  "rule",
  "dry_run",
  "ip",
  "country",
  "bot",
  "method",
  "path",
  "microseconds",
] as const;

const FORMULA = /(?<=^|[;\t\r\n])(?=[=+\-@\t\r\n＝＋－＠])/g;
const QUOTED = /[",;\t\r\n]/;

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = value.replace(FORMULA, "'");
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function fieldsOf(row: DecisionRow): readonly (string | number | null)[] {
  const { id, time, site, source, conclusion, rule, dry, ip, country, bot, method, path, micros } =
    row;
  return [
    id,
    iso(time),
    site,
    source,
    conclusion,
    rule,
    dry,
    ip,
    country,
    bot,
    method,
    path,
    micros,
  ];
}

/** RFC 4180. */
export function toCsv(rows: readonly DecisionRow[]): string {
  const lines = rows.map((row) => fieldsOf(row).map(cell).join(","));
  return `${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}

/** JSON, with no sign that a browser could take for markup. */
export function toJson(rows: readonly DecisionRow[]): string {
  const objects = rows.map((row) =>
    Object.fromEntries(fieldsOf(row).map((value, at) => [COLUMNS[at] ?? "", value])),
  );
  return `${JSON.stringify(objects, null, 1).replace(/[<>&\u2028\u2029]/g, escapeSign)}\n`;
}

const escapeSign = (sign: string): string =>
  `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
