/**
 * HTTP Archives, which a browser saves: all headers, and bodies that were sent. They do not say who the
 * client was, so all their requests are those of one unknown client.
 */
import type { EntryHeaders, Holds, LogEntry } from "../entry.ts";
import {
  asObject,
  asStatus,
  asText,
  parseObject,
  protocolVersion,
  type JsonObject,
  noHeaders,
} from "./json.ts";

const ORIGIN = /^[a-z]+:\/\/[^/?#\\]*/i;
const ALL: Holds = { headers: "all", protocol: true };

function readHeaders(list: unknown, host: string): EntryHeaders {
  const headers: Record<string, string | readonly string[]> = noHeaders();
  for (const one of Array.isArray(list) ? list : []) {
    const { name, value } = asObject(one) ?? {};
    // HTTP/2 has its own fields for method, path and host.
    if (typeof name !== "string" || typeof value !== "string" || name.startsWith(":")) continue;
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] = before === undefined ? value : [before, value].flat();
  }
  headers.host ??= host;
  return headers;
}

function readEntry(entry: JsonObject): LogEntry | undefined {
  const request = asObject(entry.request) ?? {};
  const method = asText(request.method);
  const url = asText(request.url);
  if (method === undefined || url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return undefined;
  const body = asText(asObject(request.postData)?.text);
  const target = url.replace(ORIGIN, "").replace(/#.*$/s, "");
  return {
    time: Date.parse(asText(entry.startedDateTime) ?? ""),
    client: "",
    method,
    target: target.startsWith("/") ? target : `/${target}`,
    httpVersion: protocolVersion(request.httpVersion),
    tls: protocol === "https:",
    headers: readHeaders(request.headers, host),
    status: asStatus(asObject(entry.response)?.status),
    holds: ALL,
    ...(body !== undefined && { body }),
  };
}

/** Whether a text begins as a HAR file does. */
export function looksLikeHar(start: string): boolean {
  return /^\s*\{\s*"log"\s*:/.test(start);
}

/** The request of an entry's text; undefined when it is none. */
export function parseEntry(text: string): LogEntry | undefined {
  const entry = parseObject(text);
  return entry && readEntry(entry);
}
