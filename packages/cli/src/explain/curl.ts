/** The request that a curl command would send. Files that it names are not read: they count as empty. */
import { curlOption, type Flag, type Kind } from "./curl-options.ts";
import { shellWords } from "./shell-words.ts";

export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** In the order of their lines; a name may come more than once. */
  readonly headers: readonly Header[];
  readonly body: string | undefined;
}

type Header = readonly [name: string, value: string];

/** What the options said so far. */
interface Draft {
  /** Lines that were written; without a value for one that curl is not to send of itself. */
  readonly lines: { readonly name: string; readonly value: string | undefined }[];
  readonly cookies: string[];
  readonly form: string[];
  readonly query: string[];
  /** Headers that options other than `-H` ask for, by lower-case name. */
  readonly own: Map<string, string>;
  readonly flags: Set<Flag>;
  data: string | undefined;
  method: string | undefined;
  url: string | undefined;
  target: string | undefined;
  upload: boolean;
}

const AGENT = "curl/8.5.0";
const ENCODINGS = "deflate, gzip, br, zstd";
const FORM = "application/x-www-form-urlencoded";
const BOUNDARY = "------------------------arcjet";
const TYPED = /^([\s\S]*?)(?:;type=([^;]*))?(?:;(?:filename|encoder|headers)=.*)?$/s;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const PROMPT = /^\s*[$#%]\s+/;
const COMMAND = /^(?:.*\/)?curl(?:\.exe)?$/s;
/** Chrome on Windows also copies for another shell, which quotes with carets. */
const CMD = /^curl(?:\.exe)?\s+\^"/;

function readHeader({ lines }: Draft, line: string): void {
  // "Name;" is a header without a value, "Name:" takes one away; a file of headers is not read.
  const [, name, colon, value = ""] = /^([^:;@]+)([:;])([\s\S]*)$/.exec(line) ?? [];
  if (name === undefined) return;
  const text = value.trim();
  if (colon === ";" && text !== "") return;
  lines.push({ name: name.trim(), value: colon === ":" && text === "" ? undefined : text });
}

const encode = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll("%20", "+")
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** `content`, `=content`, `name=content`, `@file` or `name@file`. */
function urlEncoded(text: string): string {
  const [, name = "", mark, content = ""] = /^([^=@]*)([=@])([\s\S]*)$/.exec(text) ?? [];
  if (mark === undefined) return encode(text);
  return `${name === "" ? "" : `${name}=`}${mark === "@" ? "" : encode(content)}`;
}

const withoutFile = (text: string): string => (text.startsWith("@") ? "" : text);

function addData(draft: Draft, text: string): void {
  draft.data = draft.data === undefined ? text : `${draft.data}&${text}`;
}

/** One part of a form: text, a file to send as `@name`, or one to send as text, `<name`. */
function addPart({ form }: Draft, text: string, literal: boolean): void {
  const equals = text.indexOf("=");
  if (equals < 1) return;
  const name = text.slice(0, equals);
  const value = text.slice(equals + 1);
  const [, content = "", given] = (literal ? null : TYPED.exec(value)) ?? ["", value];
  const isFile = !literal && /^[@<]/.test(value);
  const isUpload = isFile && value.startsWith("@");
  const fileName = isUpload ? `; filename="${content.slice(1).replace(/^.*\//s, "")}"` : "";
  const type = given ?? (isUpload ? "application/octet-stream" : undefined);
  const head = `Content-Disposition: form-data; name="${name}"${fileName}`;
  const typed = type === undefined ? head : `${head}\r\nContent-Type: ${type}`;
  form.push(`--${BOUNDARY}\r\n${typed}\r\n\r\n${isFile ? "" : content}\r\n`);
}

const TAKE: Readonly<Record<Kind, (draft: Draft, value: string) => void>> = {
  header: readHeader,
  agent: (draft, value) => void draft.own.set("user-agent", value),
  referer: (draft, value) => void draft.own.set("referer", value.replace(/;auto$/, "")),
  // A name without a value is that of a file.
  cookie: ({ cookies }, value) => void (value.includes("=") && cookies.push(value)),
  method: (draft, value) => void (draft.method = value),
  data: (draft, value) => addData(draft, withoutFile(value)),
  raw: addData,
  urlencoded: (draft, value) => addData(draft, urlEncoded(value)),
  json: (draft, value) => {
    draft.data = (draft.data ?? "") + withoutFile(value);
    draft.own.set("content-type", "application/json").set("accept", "application/json");
  },
  form: (draft, value) => addPart(draft, value, false),
  "form-string": (draft, value) => addPart(draft, value, true),
  upload: (draft) => void (draft.upload = true),
  query: ({ query }, value) =>
    void query.push(value.startsWith("+") ? value.slice(1) : urlEncoded(value)),
  target: (draft, value) => void (draft.target = value),
  range: (draft, value) => void draft.own.set("range", `bytes=${value}`),
  url: (draft, value) => void (draft.url ??= value),
  user: ({ own }, value) =>
    void own.set("authorization", `Basic ${Buffer.from(value).toString("base64")}`),
  bearer: ({ own }, value) => void own.set("authorization", `Bearer ${value}`),
};

/** Reads one option; true when it used the next word as its value. */
function readOption(draft: Draft, word: string, next: string | undefined): boolean {
  if (word.startsWith("--")) {
    const { kind, flag, valued } = curlOption(word.slice(2));
    if (kind !== undefined && next !== undefined) TAKE[kind](draft, next);
    if (flag !== undefined) draft.flags.add(flag);
    return valued;
  }
  // Short options may be written together, the last one with its value.
  for (let at = 1; at < word.length; at++) {
    const { kind, flag, valued } = curlOption(word.charAt(at));
    if (flag !== undefined) draft.flags.add(flag);
    if (!valued) continue;
    const attached = word.slice(at + 1);
    const value = attached === "" ? next : attached;
    if (kind !== undefined && value !== undefined) TAKE[kind](draft, value);
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
  if (CMD.test(command))
    throw new SyntaxError('the command is for cmd.exe: copy it "as cURL (bash)"');
  const words = shellWords(command.replace(PROMPT, ""));
  if (!COMMAND.test(words[0] ?? "")) throw new SyntaxError("the command does not begin with curl");
  const draft: Draft = {
    lines: [],
    cookies: [],
    form: [],
    query: [],
    own: new Map(),
    flags: new Set(),
    data: undefined,
    method: undefined,
    url: undefined,
    target: undefined,
    upload: false,
  };
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    if (word.startsWith("-") && word !== "-") {
      if (readOption(draft, word, words[at + 1])) at++;
    } else draft.url ??= word;
  }
  return finish(draft);
}

/** What curl resolves before it sends a path, unless it is told not to. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/");
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1;
    if (segment === "..") kept.length = Math.max(1, kept.length - 1);
    if (segment !== ".." && segment !== ".") kept.push(segment);
    else if (isLast) kept.push("");
  }
  return kept.join("/");
}

function urlOf({ url = "", target, query, flags }: Draft, data: string | undefined): string {
  const whole = SCHEME.test(url) ? url : `http://${url}`;
  const [, origin = "", path = "", given] =
    /^([^/?#]*\/\/[^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(whole) ?? [];
  if (target !== undefined) return origin + target;
  const asked = [given, ...query, data].filter((part) => part !== undefined && part !== "");
  const sent = flags.has("path-as-is") ? path : withoutDots(path);
  const mark = asked.length > 0 || given !== undefined ? "?" : "";
  return `${origin}${sent === "" ? "/" : sent}${mark}${asked.join("&")}`;
}

/** What curl sends of itself, and what it was told to send instead or as well. */
function headersOf({ lines, cookies, own, flags }: Draft, type: string | undefined): Header[] {
  const defaults = new Map([
    ["user-agent", AGENT],
    ["accept", "*/*"],
  ]);
  if (flags.has("compressed")) defaults.set("accept-encoding", ENCODINGS);
  if (type !== undefined) defaults.set("content-type", type);
  for (const [name, value] of own) defaults.set(name, value);
  if (cookies.length > 0) defaults.set("cookie", cookies.join(";"));
  const written = new Set(lines.map(({ name }) => name.toLowerCase()));
  return [
    ...[...defaults].filter(([name, value]) => value !== "" && !written.has(name)),
    ...lines.flatMap(({ name, value }): Header[] => (value === undefined ? [] : [[name, value]])),
  ];
}

function finish(draft: Draft): CurlRequest {
  const { data, form, method, url, upload, flags } = draft;
  if (url === undefined) throw new SyntaxError("the command names no URL");
  const asked = flags.has("get") ? data : undefined;
  const parts = form.length === 0 ? undefined : `${form.join("")}--${BOUNDARY}--\r\n`;
  const body = flags.has("get") ? undefined : (data ?? parts);
  const isForm = body !== undefined && data === undefined;
  const type = isForm ? `multipart/form-data; boundary=${BOUNDARY}` : FORM;
  const usual = flags.has("head") ? "HEAD" : upload ? "PUT" : body === undefined ? "GET" : "POST";
  return {
    method: method ?? usual,
    url: urlOf(draft, asked),
    headers: headersOf(draft, body === undefined ? undefined : type),
    body: body ?? (upload ? "" : undefined),
  };
}
