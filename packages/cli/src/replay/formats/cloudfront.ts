/**
 * Standard logs of Amazon CloudFront: the extended log file format of the W3C, with tabs. The fields are
 * those that the line `#Fields:` names; without one they are in CloudFront's own order.
 */
import type { EntryHeaders, Holds, LineFormat, LineParser, LogEntry, Parsed } from "../entry.ts";
import { protocolVersion } from "./json.ts";

const DEFAULT_FIELDS =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end".split(
    " ",
  );
const MAX_FIELDS = 128;
const TAB = "\t";
const SECURE: ReadonlySet<string> = new Set(["https", "wss", "grpcs"]);

/** Percent-encoded once, or twice as in older logs; what cannot be decoded stays as it is. */
function decode(text: string): string {
  const once = decodeBytes(text);
  return /%[0-9A-Fa-f]{2}/.test(once) && text.includes("%25") ? decodeBytes(once) : once;
}

/** Bytes become the characters of the same number, as Node reads headers. */
function decodeBytes(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, byte: string) =>
    String.fromCharCode(parseInt(byte, 16)),
  );
}

const READ = [
  "date",
  "time",
  "c-ip",
  "cs-method",
  "cs(Host)",
  "cs-uri-stem",
  "cs-uri-query",
  "sc-status",
  "cs(Referer)",
  "cs(User-Agent)",
  "cs(Cookie)",
  "x-host-header",
  "cs-protocol",
  "cs-protocol-version",
] as const;
type Field = (typeof READ)[number];

/** Where each field that is read stands. */
class Columns {
  readonly holds: Holds;
  readonly #places: ReadonlyMap<Field, number>;

  constructor(names: readonly string[]) {
    this.#places = new Map(READ.map((name) => [name, names.indexOf(name)]));
    const headers = [
      ["cs(User-Agent)", "user-agent"],
      ["cs(Referer)", "referer"],
      ["x-host-header", "host"],
    ] as const;
    const held = headers.filter(([field]) => names.includes(field)).map(([, header]) => header);
    // A cookie is logged only where logging of cookies is on, which a hyphen does not tell.
    this.holds = { headers: new Set(held), protocol: names.includes("cs-protocol") };
  }

  /** The value of a field; undefined where it is not there or a hyphen. */
  value(values: readonly string[], name: Field): string | undefined {
    const value = values[this.#places.get(name) ?? -1];
    return value === undefined || value === "-" || value === "" ? undefined : value;
  }
}

function readHeaders(columns: Columns, values: readonly string[]): EntryHeaders {
  const headers: Record<string, string> = {};
  const host = columns.value(values, "x-host-header") ?? columns.value(values, "cs(Host)");
  const agent = columns.value(values, "cs(User-Agent)");
  const referer = columns.value(values, "cs(Referer)");
  const cookie = columns.value(values, "cs(Cookie)");
  if (host !== undefined) headers.host = host;
  if (agent !== undefined) headers["user-agent"] = decode(agent);
  if (referer !== undefined) headers.referer = decode(referer);
  if (cookie !== undefined) headers.cookie = decode(cookie);
  return headers;
}

function readEntry(columns: Columns, values: readonly string[]): LogEntry | undefined {
  const method = columns.value(values, "cs-method");
  const path = columns.value(values, "cs-uri-stem");
  const status = Number(columns.value(values, "sc-status") ?? 0);
  const time = `${columns.value(values, "date")}T${columns.value(values, "time")}Z`;
  if (method === undefined || path === undefined || !/^[A-Z]{1,32}$/.test(method)) return undefined;
  const query = columns.value(values, "cs-uri-query");
  return {
    time: Date.parse(time),
    client: columns.value(values, "c-ip") ?? "",
    method,
    target: query === undefined ? path : `${path}?${query}`,
    httpVersion: protocolVersion(columns.value(values, "cs-protocol-version")),
    tls: SECURE.has(columns.value(values, "cs-protocol") ?? ""),
    headers: readHeaders(columns, values),
    status: Number.isInteger(status) ? status : 0,
    holds: columns.holds,
  };
}

function create(): LineParser {
  let columns = new Columns(DEFAULT_FIELDS);
  return (line): Parsed => {
    if (line.startsWith("#")) {
      const names = /^#Fields:\s*(.*)$/.exec(line)?.[1]?.split(/\s+/, MAX_FIELDS);
      if (names !== undefined) columns = new Columns(names);
      return /^#(?:Fields|Version|Date|Software|Start-Date|End-Date|Remark):/.test(line)
        ? "skip"
        : undefined;
    }
    return line.includes(TAB) ? readEntry(columns, line.split(TAB, MAX_FIELDS)) : undefined;
  };
}

/** Standard logs of Amazon CloudFront. */
export const cloudfront: LineFormat = { name: "cloudfront", create };
