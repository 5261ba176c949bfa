/**
 * The JSON access log of Caddy: all request headers, of which those with credentials are `REDACTED` unless
 * Caddy is told otherwise. Other messages of Caddy in the same file are passed over.
 */
import type { EntryHeaders, Holds, LineFormat, LogEntry, Parsed } from "../entry.ts";
import { withoutPort } from "./address.ts";
import {
  asObject,
  asStatus,
  asText,
  parseObject,
  protocolVersion,
  type JsonObject,
  noHeaders,
} from "./json.ts";

const REDACTED = "REDACTED";
/** Name of the logger of errors; that of a site may follow. */
const ERRORS = "http.log.error";
const MS = 1_000;
/** Later seconds than these are milliseconds. */
const MAX_SECONDS = 1e11;

const ALL: Holds = { headers: "all", protocol: true };
const CREDENTIALS_REDACTED: Holds = {
  headers: "all",
  redacted: new Set(["cookie", "set-cookie", "authorization", "proxy-authorization"]),
  protocol: true,
};
const WITHOUT_HEADERS: Holds = { headers: new Set(["host"]), protocol: true };

function readTime(value: unknown): number {
  if (typeof value === "number") return value > MAX_SECONDS ? value : value * MS;
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

interface Read {
  readonly headers: EntryHeaders;
  readonly holds: Holds;
}

function readHeaders(fields: JsonObject | undefined, host: string | undefined): Read {
  const headers: Record<string, string | readonly string[]> = noHeaders();
  if (host !== undefined) headers.host = host;
  if (fields === undefined) return { headers, holds: WITHOUT_HEADERS };
  let holds = ALL;
  for (const [name, given] of Object.entries(fields)) {
    const values = (Array.isArray(given) ? given : [given]).filter(
      (value): value is string => typeof value === "string",
    );
    const [first] = values;
    if (first === REDACTED) holds = CREDENTIALS_REDACTED;
    else if (first !== undefined)
      headers[name.toLowerCase()] = values.length === 1 ? first : values;
  }
  return { headers, holds };
}

/** The client; older versions write it with its port. */
function readClient(request: JsonObject): string {
  const address = asText(request.client_ip) ?? asText(request.remote_ip);
  if (address !== undefined) return address;
  return withoutPort(asText(request.remote_addr) ?? "");
}

function parse(line: string): Parsed {
  const message = parseObject(line);
  if (message === undefined) return undefined;
  const request = asObject(message.request);
  const method = asText(request?.method);
  const target = asText(request?.uri);
  if (request === undefined || method === undefined || target === undefined)
    return "ts" in message && "msg" in message ? "skip" : undefined;
  const status = asStatus(message.status);
  // What went wrong while a request was handled is told beside the line of the request itself.
  if (asText(message.logger)?.startsWith(ERRORS) === true) return "skip";
  const entry: LogEntry = {
    time: readTime(message.ts),
    client: readClient(request),
    method,
    target,
    httpVersion: protocolVersion(request.proto),
    tls: asObject(request.tls) !== undefined,
    status,
    ...readHeaders(asObject(request.headers), asText(request.host)),
  };
  return entry;
}

/** JSON access logs of Caddy. */
export const caddy: LineFormat = { name: "caddy", create: () => parse };
