// A request and what the application says about it ↔ RequestDetails. What must not leave the process
// (texts that are searched for secrets, values of `local[…]`) travels as a marker.
import { create } from "@bufbuild/protobuf";
import { RequestDetailsSchema, type RequestDetails } from "../gen/decide/v1alpha1/decide_pb.js";
import type { RemoteQuestion, RemoteRequest } from "../remote.ts";

/** Longest text of one property that is sent, in UTF-16 code units. */
export const MAX_PROPERTY_LENGTH = 8_192;
/** Most properties that are sent. */
export const MAX_PROPERTIES = 100;
/** Most UTF-16 code units of metadata that are sent, all keys together. */
export const MAX_METADATA_LENGTH = 65_536;

const SECRET = new Set([
  "sensitiveInfoValue",
  "filterLocal",
  "detectPromptInjectionMessage",
  "body",
]);
/** Properties with a field or a message of their own. */
const ELSEWHERE = new Set(["email", "metadata", "correlationId", "ipSrc"]);

function propertyText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (SECRET.has(name)) return "<redacted>";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return "<unsupported value>";
  return value.slice(0, MAX_PROPERTY_LENGTH);
}

function extraOf(props: Readonly<Record<string, unknown>>): Record<string, string> {
  const extra: Record<string, string> = {};
  let left = MAX_PROPERTIES;
  for (const [name, value] of Object.entries(props)) {
    const text = ELSEWHERE.has(name) ? undefined : propertyText(name, value);
    if (text === undefined) continue;
    if (left-- === 0) break;
    extra[name] = text;
  }
  return extra;
}

function headersOf(request: RemoteRequest): {
  headers: Record<string, string>;
  repeated: string[];
} {
  const fields = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [name, value] of request.headers.entries()) {
    const key = name.toLowerCase();
    if (key === "cookie") continue;
    const before = fields.get(key);
    if (before !== undefined) repeated.add(key);
    fields.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return { headers: Object.fromEntries(fields), repeated: [...repeated] };
}

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === "string" ? value.slice(0, MAX_PROPERTY_LENGTH) : otherwise;

/** The message for a request and its properties. */
export function detailsToWire({
  request,
  props,
  ignoreCase,
}: Pick<RemoteQuestion, "request" | "props" | "ignoreCase">): RequestDetails {
  const { headers, repeated } = headersOf(request);
  return create(RequestDetailsSchema, {
    ip: request.ip,
    method: request.method,
    protocol: request.protocol,
    host: request.host,
    path: request.path,
    query: request.query,
    cookies: request.cookies,
    headers,
    repeatedHeaders: repeated,
    extra: extraOf(props),
    email: textOr(props.email, ""),
    correlationId: textOr(props.correlationId, ""),
    httpVersion: request.httpVersion ?? "",
    provenance: request.provenance,
    clientKey: request.clientKey,
    ignoreCase,
  });
}

/** A request as it came over the wire: text as sent, nothing decoded. */
export interface WireRequest {
  readonly ip: string;
  /** Empty when the client does not say how it found the address. */
  readonly provenance: string;
  /** Empty when the client does not say what it counts by. */
  readonly clientKey: string;
  readonly ignoreCase: boolean;
  readonly method: string;
  readonly protocol: string;
  readonly host: string;
  readonly httpVersion: string | undefined;
  readonly path: string;
  readonly query: string;
  readonly cookies: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly repeatedHeaders: readonly string[];
  readonly body: Uint8Array | undefined;
  /** Properties as text. */
  readonly props: Readonly<Record<string, string>>;
}

/** The request a message stands for. Header names are lower case whatever the client sent. */
export function detailsFromWire(
  message: Omit<RequestDetails, "$typeName" | "$unknown">,
): WireRequest {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(message.headers))
    headers.set(name.toLowerCase(), value);
  return {
    ip: message.ip,
    provenance: message.provenance,
    clientKey: message.clientKey,
    ignoreCase: message.ignoreCase,
    method: message.method,
    protocol: message.protocol,
    host: message.host,
    httpVersion: message.httpVersion === "" ? undefined : message.httpVersion,
    path: message.path,
    query: message.query,
    cookies: message.cookies,
    headers,
    repeatedHeaders: message.repeatedHeaders,
    body: message.body.length > 0 ? message.body : undefined,
    props: {
      ...message.extra,
      ...(message.email !== "" && { email: message.email }),
      ...(message.correlationId !== "" && { correlationId: message.correlationId }),
    },
  };
}

/** Metadata as JSON text by key; what cannot be encoded or exceeds the limit is left out. */
export function metadataToWire(metadata: unknown): Record<string, string> {
  const encoded: Record<string, string> = {};
  if (typeof metadata !== "object" || metadata === null) return encoded;
  let left = MAX_METADATA_LENGTH;
  for (const [key, value] of Object.entries(metadata)) {
    const text = jsonOrNothing(value);
    if (text === undefined || key.length + text.length > left) continue;
    left -= key.length + text.length;
    encoded[key] = text;
  }
  return encoded;
}

function jsonOrNothing(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
