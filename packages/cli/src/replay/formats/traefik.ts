/**
 * The JSON access log of Traefik. Which headers it holds is a matter of its configuration, so only those
 * that stand in a line are known; a value that Traefik redacts counts as not there.
 */
import type { EntryHeaders, Holds, LineFormat, LineParser, Parsed } from "../entry.ts";
import { withoutPort } from "./address.ts";
import {
  asStatus,
  asText,
  parseObject,
  protocolVersion,
  type JsonObject,
  noHeaders,
} from "./json.ts";

const PREFIX = "request_";
const REDACTED = "REDACTED";
/** Different sets of headers that are remembered; traffic has few. */
const MAX_SETS = 256;

interface Read {
  readonly headers: EntryHeaders;
  readonly holds: Holds;
}

function createHeaderReader(): (fields: JsonObject) => Read {
  const sets = new Map<string, Holds>();
  const holdsOf = (names: readonly string[], protocol: boolean): Holds => {
    const key = `${protocol} ${names.join(" ")}`;
    const known = sets.get(key);
    if (known) return known;
    const made: Holds = { headers: new Set(names), protocol };
    if (sets.size < MAX_SETS) sets.set(key, made);
    return made;
  };
  return (fields) => {
    const headers: Record<string, string> = noHeaders();
    const host = asText(fields.RequestHost) ?? asText(fields.RequestAddr);
    if (host !== undefined) headers.host = host;
    for (const [name, value] of Object.entries(fields))
      if (name.startsWith(PREFIX) && typeof value === "string" && value !== REDACTED)
        headers[name.slice(PREFIX.length).toLowerCase()] = value;
    const protocol = asText(fields.RequestScheme) !== undefined;
    return { headers, holds: holdsOf(Object.keys(headers), protocol) };
  };
}

function create(): LineParser {
  const readHeaders = createHeaderReader();
  return (line): Parsed => {
    const fields = parseObject(line);
    if (fields === undefined) return undefined;
    const method = asText(fields.RequestMethod);
    const target = asText(fields.RequestPath);
    if (method === undefined || target === undefined)
      return "time" in fields && "msg" in fields ? "skip" : undefined;
    return {
      time: Date.parse(asText(fields.StartUTC) ?? asText(fields.time) ?? ""),
      client: asText(fields.ClientHost) ?? withoutPort(asText(fields.ClientAddr) ?? ""),
      method,
      target,
      httpVersion: protocolVersion(fields.RequestProtocol),
      tls: fields.RequestScheme === "https",
      status: asStatus(fields.DownstreamStatus),
      ...readHeaders(fields),
    };
  };
}

/** JSON access logs of Traefik. */
export const traefik: LineFormat = { name: "traefik", create };
