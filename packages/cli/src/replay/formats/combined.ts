/**
 * The common and the combined format of Apache httpd and nginx, also with the virtual host in front, as
 * Debian's Apache writes it, with X-Forwarded-For behind, as nginx.org's packages write it, or in the place
 * of the client:
 *
 *     192.0.2.1 - user [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.1" 200 2326 "referer" "user agent"
 *
 * A client chooses user, request, referer and user agent. Servers escape quotes in all of them, nginx as
 * \x22 and Apache with a backslash right before, so the first `] "` in a line ends the time and opens the
 * request: a user name that looks like a whole line is only a user name.
 */
import { isIP } from "node:net";
import type { Holds, LineFormat, LineParser, LogEntry } from "../entry.ts";
import { withoutPort } from "./address.ts";
import { createClfClock } from "./clf-time.ts";
import { closingQuote, fieldValue, unescapeField } from "./quoted.ts";
import { createRequestLineReader } from "./request-line.ts";

const TIME_LENGTH = 26;
const SPACE = 32;
/** Servers may be told to look up names of clients, and nginx may listen on a socket of the file system. */
const ADDRESS = /^[0-9A-Fa-f:.]+$/;
const HOST_PORT = /^[^:\s]+:\d{1,5}$/;
const PORT = /:\d{1,5}$/;

const holding = (...headers: readonly string[]): Holds => ({
  headers: new Set(headers),
  protocol: false,
});
const COMMON = holding();
const COMBINED = holding("user-agent", "referer");
const FORWARDED = holding("user-agent", "referer", "x-forwarded-for");

/** The same, of a log that holds the host as well, and of one that does not hold the client's address. */
const variants = new Map(
  [COMMON, COMBINED, FORWARDED].map((holds) => {
    const headers = new Set([...(holds.headers as ReadonlySet<string>), "host"]);
    const withHost: Holds = { ...holds, headers };
    const clientUnknown = true;
    return [
      holds,
      {
        withHost,
        nameless: { ...holds, clientUnknown },
        namelessWithHost: { ...withHost, clientUnknown },
      },
    ];
  }),
);

/** What a line holds, by what stands before the time. */
function holdsOf(holds: Holds, client: string, host: string | undefined): Holds {
  const variant = variants.get(holds);
  const named = ADDRESS.test(client);
  if (variant === undefined || (named && host === undefined)) return holds;
  if (named) return variant.withHost;
  return host === undefined ? variant.nameless : variant.namelessWithHost;
}

interface Answer {
  readonly status: number;
  /** Where the fields after status and size begin. */
  readonly rest: number;
}

/** Reads ` 200 2326` from a place in the line. */
function readAnswer(line: string, from: number): Answer | undefined {
  if (line.charCodeAt(from) !== SPACE) return undefined;
  const end = line.indexOf(" ", from + 1);
  const text = end === -1 ? line.slice(from + 1) : line.slice(from + 1, end);
  const status = Number(text);
  if (text.length !== 3 || !(status >= 0 && status <= 999)) return undefined;
  if (end === -1) return { status, rest: line.length };
  const size = line.indexOf(" ", end + 1);
  return { status, rest: size === -1 ? line.length : size + 1 };
}

interface Extra {
  readonly headers: Record<string, string>;
  readonly holds: Holds;
}

/** Reads `"referer" "user agent"`, and the addresses that may follow. */
function readHeaders(line: string, from: number): Extra {
  const headers: Record<string, string> = {};
  const none = { headers, holds: COMMON };
  if (line.charAt(from) !== '"') return none;
  const refererEnd = closingQuote(line, from);
  const agentStart = refererEnd + 2;
  if (refererEnd === -1 || line.charAt(agentStart) !== '"') return none;
  const agentEnd = closingQuote(line, agentStart);
  if (agentEnd === -1) return none;
  const referer = fieldValue(line.slice(from + 1, refererEnd));
  const agent = fieldValue(line.slice(agentStart + 1, agentEnd));
  if (referer !== undefined) headers.referer = referer;
  if (agent !== undefined) headers["user-agent"] = agent;
  if (line.charAt(agentEnd + 2) !== '"') return { headers, holds: COMBINED };
  const forwarded = fieldValue(line.slice(agentEnd + 3, closingQuote(line, agentEnd + 2)));
  if (forwarded !== undefined && !isForwardedFor(forwarded)) return { headers, holds: COMBINED };
  if (forwarded !== undefined) headers["x-forwarded-for"] = forwarded;
  return { headers, holds: FORWARDED };
}

/** A client may have sent anything as X-Forwarded-For; a proxy adds an address to its end. */
function isForwardedFor(text: string): boolean {
  const last = text.slice(text.lastIndexOf(",") + 1).trim();
  return isIP(last) !== 0 || isIP(withoutPort(last)) !== 0;
}

interface Origin {
  readonly client: string;
  readonly host: string | undefined;
}

/**
 * The client, and the virtual host where the line begins with one: either the first field has a port and the
 * second is not the ident, which is `-` with every server in use, or only the second is an address.
 */
function readOrigin(line: string, end: number): Origin {
  const space = line.indexOf(" ");
  const first = line.slice(0, space);
  if (first.endsWith(",")) return { client: lastOfList(line, end), host: undefined };
  const next = line.indexOf(" ", space + 1);
  const second = line.slice(space + 1, next);
  const isHost = next < end && second !== "-" && !ADDRESS.test(first);
  if (!isHost || (!HOST_PORT.test(first) && isIP(second) === 0))
    return { client: first, host: undefined };
  return { client: second, host: first.replace(PORT, "") };
}

/** Where X-Forwarded-For is logged for the client: the address that the proxy nearest to the server added. */
function lastOfList(line: string, end: number): string {
  let start = 0;
  for (let next = line.indexOf(" "); next < end; next = line.indexOf(" ", start)) {
    if (line.charAt(next - 1) !== ",") return line.slice(start, next);
    start = next + 1;
  }
  return "";
}

function create(): LineParser {
  const time = createClfClock();
  const readRequest = createRequestLineReader();
  return (line): LogEntry | undefined => {
    const timeEnd = line.indexOf('] "');
    const timeStart = timeEnd - TIME_LENGTH;
    if (timeStart < 4 || line.charAt(timeStart - 1) !== "[") return undefined;
    const at = time(line.slice(timeStart, timeEnd));
    const quote = timeEnd + 2;
    const requestEnd = closingQuote(line, quote);
    if (Number.isNaN(at) || requestEnd === -1) return undefined;
    const request = readRequest(line.slice(quote + 1, requestEnd));
    const answer = readAnswer(line, requestEnd + 1);
    if (request === undefined || answer === undefined) return undefined;
    const { headers, holds } = readHeaders(line, answer.rest);
    const { client, host } = readOrigin(line, timeStart);
    if (host !== undefined) headers.host = host;
    return {
      time: at,
      client,
      method: request.method,
      target: unescapeField(request.target),
      httpVersion: request.httpVersion,
      tls: false,
      headers,
      status: answer.status,
      holds: holdsOf(holds, client, host),
    };
  };
}

/** Common and combined logs of nginx and Apache httpd. */
export const combined: LineFormat = { name: "combined", create };
