/**
 * Access logs of AWS application load balancers:
 *
 *     https 2025-10-10T13:55:36.186641Z app/lb/50dc 192.0.2.1:2817 10.0.0.1:80 0.0 0.0 0.0 200 200 34 366
 *     "GET https://example.com:443/a?b=1 HTTP/1.1" "curl/8.5.0" cipher TLSv1.2 …
 */
import type { Holds, LineFormat, LineParser, LogEntry } from "../entry.ts";
import { withoutPort } from "./address.ts";
import { closingQuote, fieldValue, unescapeField } from "./quoted.ts";
import { createRequestLineReader } from "./request-line.ts";

const HOLDS: Holds = { headers: new Set(["host", "user-agent"]), protocol: true };
/** Type, time, balancer, client, target, three durations, two status codes and two sizes. */
const BEFORE_REQUEST = 12;
const TYPES: ReadonlySet<string> = new Set(["http", "https", "h2", "grpcs", "ws", "wss"]);
const SECURE: ReadonlySet<string> = new Set(["https", "h2", "grpcs", "wss"]);
const URL_PARTS = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^#]*)/i;
const DEFAULT_PORT = /:(?:80|443)$/;

function create(): LineParser {
  const readRequest = createRequestLineReader();
  return (line): LogEntry | undefined => {
    const quote = line.indexOf('"');
    const end = quote === -1 ? -1 : closingQuote(line, quote);
    if (end === -1) return undefined;
    const fields = line.slice(0, quote - 1).split(" ", BEFORE_REQUEST + 1);
    const [type = "", time = "", , client = ""] = fields;
    if (fields.length !== BEFORE_REQUEST || !TYPES.has(type)) return undefined;
    const request = readRequest(line.slice(quote + 1, end));
    const parts = URL_PARTS.exec(request?.target ?? "");
    if (request === undefined || parts === null) return undefined;
    const agentEnd = line.charAt(end + 2) === '"' ? closingQuote(line, end + 2) : -1;
    const agent = agentEnd === -1 ? undefined : fieldValue(line.slice(end + 3, agentEnd));
    const target = unescapeField(parts[2] ?? "");
    const status = Number(fields[8]);
    return {
      time: Date.parse(time),
      client: withoutPort(client),
      method: request.method,
      target: target.startsWith("/") ? target : `/${target}`,
      httpVersion: request.httpVersion,
      tls: SECURE.has(type),
      headers: {
        host: (parts[1] ?? "").replace(DEFAULT_PORT, ""),
        ...(agent !== undefined && { "user-agent": agent }),
      },
      status: Number.isInteger(status) ? status : 0,
      holds: HOLDS,
    };
  };
}

/** Access logs of AWS application load balancers. */
export const alb: LineFormat = { name: "alb", create };
