// The body, when the application hands it over: raw text or bytes, read by the Content-Type, or a
// value that a framework has already parsed.
import { MAX_BODY_LENGTH, MAX_FRAMING_LENGTH, MAX_VALUES } from "./limits.ts";
import type { Located, Visit } from "./located.ts";
import { visitPairs } from "./pairs.ts";
import { leavesOf } from "./structure.ts";

/** Visits the values of a body. */
export function visitBody(body: unknown, contentType: string, visit: Visit): void {
  if (body === undefined || body === null) return;
  const cut = cutBody(body);
  const type = contentType.slice(0, MAX_FRAMING_LENGTH).toLowerCase();
  const mark = (located: Located) =>
    visit(cut.truncated ? { ...located, truncated: true } : located);
  for (const part of cut.parts)
    if (typeof part === "string") visitText(part, type, mark);
    else visitParsed(part, mark);
}

/** Text within the limit, its head and tail beyond it, or the parsed value as it is. */
function cutBody(body: unknown): { parts: readonly unknown[]; truncated: boolean } {
  const half = MAX_BODY_LENGTH / 2;
  if (typeof body !== "string" && !(body instanceof Uint8Array))
    return { parts: [body], truncated: false };
  if (body.length <= MAX_BODY_LENGTH) return { parts: [textOf(body)], truncated: false };
  const pieces = [body.slice(0, half), body.slice(body.length - half)];
  return { parts: pieces.map(textOf), truncated: true };
}

function textOf(body: string | Uint8Array): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

function visitText(text: string, contentType: string, visit: Visit): void {
  if (contentType.startsWith("multipart/")) return visitMultipart(text, contentType, visit);
  if (contentType.includes("urlencoded") || (contentType === "" && looksLikeForm(text)))
    return visitPairs({ text, separator: "&", place: "body", plus: "space" }, visit);
  const isJson = contentType.includes("json") || /^\s{0,64}[[{]/.test(text);
  const parsed = isJson ? tryJson(text) : undefined;
  if (parsed !== undefined) return visitParsed(parsed, visit);
  visit({ ...plain, raw: text });
}

const plain = {
  place: "body",
  name: "",
  inner: "",
  plus: "plus",
  isName: false,
  truncated: false,
} as const;

const formStart = /^[\w.[\]%-]{1,64}=/;

function looksLikeForm(text: string): boolean {
  return formStart.test(text);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function visitParsed(value: unknown, visit: Visit): void {
  const { list, truncated } = leavesOf(value);
  for (const { inner, text, isKey } of list)
    visit({
      place: "body",
      name: inner.slice(1),
      inner: "",
      raw: text,
      plus: "plus",
      isName: isKey,
      truncated,
    });
}

const partName = /\bname="([^"\r\n]{0,256})"/i;
const fileName = /\bfilename\*?=\s?(?:"([^"\r\n]{0,256})"|([^;\r\n]{0,256}))/i;

/** Names, file names and texts of the parts; what files contain is not inspected. */
function visitMultipart(text: string, contentType: string, visit: Visit): void {
  const boundary = /boundary="?([^";\s]{1,70})/.exec(contentType)?.[1];
  // The header was lower-cased, the body was not: the delimiter is what the body begins with.
  const delimiter = text.slice(0, text.indexOf("\n")).trim() || `--${boundary ?? ""}`;
  const parts = delimiter.length > 2 ? text.split(delimiter) : [text];
  const truncated = parts.length > MAX_VALUES;
  for (let index = 0; index < parts.length; index++) {
    if (truncated && index === MAX_VALUES / 2) index = parts.length - MAX_VALUES / 2;
    visitPart(parts[index]!, truncated, visit);
  }
}

function visitPart(part: string, truncated: boolean, visit: Visit): void {
  const blank = /\r?\n\r?\n/.exec(part);
  const head = blank ? part.slice(0, blank.index) : part;
  const name = partName.exec(head)?.[1] ?? "";
  const file = fileName.exec(head);
  if (name !== "") visit({ ...plain, raw: name, isName: true, truncated });
  if (file) {
    visit({ ...plain, name: "filename", raw: file[1] ?? file[2] ?? "", truncated });
    return;
  }
  if (!blank) return;
  const raw = part.slice(blank.index + blank[0].length).trim();
  visit({ ...plain, name, raw, truncated });
}
