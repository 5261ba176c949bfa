import type { RequestParts } from "@arcjet/core";
import { compile } from "@arcjet/filter";

/** One evaluation of an expression, as the rule does it for a request that has not been read yet. */
export function compileFilter(expression: string, parts: RequestParts): () => unknown {
  const filter = compile(expression);
  const request = {
    ip: parts.peer ?? "",
    method: parts.method,
    protocol: "http:",
    host: "example.com",
    target: "/search?q=shoes",
    path: "/search",
    query: "?q=shoes",
    headers: parts.headers,
    cookies: "",
    canonicalPath: "/search",
  };
  return () => filter.evaluate({ ...request });
}
