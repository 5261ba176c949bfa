/** How a request of Node's HTTP servers is read. */
import { readHeaders, type HeaderRecord } from "./headers.ts";
import type { RequestParts } from "./normalize.ts";

/** The part of `IncomingMessage` that is read. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The target as received, where the router of an app has taken what it has matched from `url`. */
  readonly originalUrl?: string;
  readonly httpVersion?: string;
  readonly headers: HeaderRecord;
  readonly headersDistinct?: HeaderRecord;
  readonly socket: { readonly remoteAddress?: string | undefined; readonly encrypted?: boolean };
}

/** The part of `ServerResponse` that is written. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/** The target of a request as received, also inside a mounted router. */
export const receivedTarget = ({ originalUrl, url }: NodeRequest): string =>
  originalUrl ?? url ?? "/";

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "object" ? value[0] : value;

/**
 * Reads the raw facts of a Node request: `target` where a framework routes another than was received,
 * `ignoreCase` where the routers of its apps differ in that.
 */
export function readNodeRequest(
  request: NodeRequest,
  target: string = receivedTarget(request),
  ignoreCase?: boolean,
): RequestParts {
  const { headers, socket } = request;
  return {
    method: request.method ?? "GET",
    target,
    headers: readHeaders(headers, request),
    authority: one(headers[":authority"]),
    peer: socket?.remoteAddress,
    tls: socket?.encrypted === true,
    httpVersion: request.httpVersion,
    ignoreCase,
  };
}
