/** The request that a curl command would send. */
import { shellWords } from "./shell-words.ts";

export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** Names as written; later ones win. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

type Kind = "header" | "agent" | "referer" | "cookie" | "method" | "data" | "url" | "user" | "json";

const TAKES: Readonly<Record<string, Kind>> = {
  H: "header",
  header: "header",
  A: "agent",
  "user-agent": "agent",
  e: "referer",
  referer: "referer",
  b: "cookie",
  cookie: "cookie",
  X: "method",
  request: "method",
  d: "data",
  data: "data",
  "data-raw": "data",
  "data-binary": "data",
  "data-ascii": "data",
  "data-urlencode": "data",
  json: "json",
  url: "url",
  u: "user",
  user: "user",
};
/** Other options that are followed by a value. */
const VALUED = new Set(
  "o output m max-time x proxy w write-out c cookie-jar D dump-header T upload-file F form E cert K config connect-timeout retry resolve cacert key interface limit-rate max-redirs range r".split(
    " ",
  ),
);
const NO_BODY_HEADERS = ["user-agent: curl/8.5.0", "accept: */*"];

interface Draft {
  readonly headers: [string, string][];
  readonly data: string[];
  method: string | undefined;
  url: string | undefined;
  get: boolean;
  head: boolean;
}

function addHeader(draft: Draft, line: string): void {
  const colon = line.indexOf(":");
  if (colon > 0) draft.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
}

function take(draft: Draft, kind: Kind, value: string): void {
  switch (kind) {
    case "header":
      return addHeader(draft, value);
    case "agent":
      return void draft.headers.push(["user-agent", value]);
    case "referer":
      return void draft.headers.push(["referer", value]);
    case "cookie":
      // A name without a value is the name of a file, which is not read.
      return void (value.includes("=") && draft.headers.push(["cookie", value]));
    case "method":
      return void (draft.method = value);
    case "data":
      return void draft.data.push(value);
    case "json":
      addHeader(draft, "content-type: application/json");
      return void draft.data.push(value);
    case "url":
      return void (draft.url ??= value);
    case "user":
      return void draft.headers.push(["authorization", `Basic ${btoa(value)}`]);
  }
}

function flag(draft: Draft, name: string): void {
  if (name === "G" || name === "get") draft.get = true;
  if (name === "I" || name === "head") draft.head = true;
}

/** Reads one option; true when it used the next word as its value. */
function readOption(draft: Draft, word: string, next: string | undefined): boolean {
  if (word.startsWith("--")) {
    const name = word.slice(2);
    const kind = TAKES[name];
    if (kind !== undefined && next !== undefined) take(draft, kind, next);
    else flag(draft, name);
    return kind !== undefined || VALUED.has(name);
  }
  // Short options may be written together, the last one with its value.
  for (let at = 1; at < word.length; at++) {
    const name = word.charAt(at);
    const kind = TAKES[name];
    if (kind === undefined && !VALUED.has(name)) {
      flag(draft, name);
      continue;
    }
    const attached = word.slice(at + 1);
    const value = attached === "" ? next : attached;
    if (kind !== undefined && value !== undefined) take(draft, kind, value);
    return attached === "";
  }
  return false;
}

/**
 * Reads a curl command, such as the developer tools of browsers copy.
 *
 * @throws SyntaxError when it is no curl command with a URL.
 * @example
 * parseCurl("curl 'https://example.com/a' -H 'accept: text/html'").url; // "https://example.com/a"
 */
export function parseCurl(command: string): CurlRequest {
  const words = shellWords(command);
  if (words[0] !== "curl") throw new SyntaxError("the command does not begin with curl");
  const draft: Draft = {
    headers: NO_BODY_HEADERS.map((line): [string, string] => {
      const [name = "", value = ""] = line.split(": ");
      return [name, value];
    }),
    data: [],
    method: undefined,
    url: undefined,
    get: false,
    head: false,
  };
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    if (word.startsWith("-") && word !== "-") {
      if (readOption(draft, word, words[at + 1])) at++;
    } else draft.url ??= word;
  }
  return finish(draft);
}

function finish({ headers, data, method, url, get, head }: Draft): CurlRequest {
  if (url === undefined) throw new SyntaxError("the command names no URL");
  const body = data.length === 0 ? undefined : data.join("&");
  if (body === undefined || get) {
    const query = body === undefined ? "" : `${url.includes("?") ? "&" : "?"}${body}`;
    return {
      method: method ?? (head ? "HEAD" : "GET"),
      url: url + query,
      headers,
      body: undefined,
    };
  }
  const typed = headers.some(([name]) => name.toLowerCase() === "content-type");
  const form: readonly [string, string] = ["content-type", "application/x-www-form-urlencoded"];
  return { method: method ?? "POST", url, headers: typed ? headers : [...headers, form], body };
}
