// Requests for the tests of this package.
import { compile, type FilterRequest, type Lists } from "../src/index.ts";
import type { IpFacts } from "@arcjet/ip";

export interface Given extends Partial<Omit<FilterRequest, "headers">> {
  readonly headers?: Readonly<Record<string, string>>;
  readonly local?: Readonly<Record<string, string>>;
  readonly facts?: IpFacts;
  readonly lists?: Lists;
}

export function requestOf({ headers = {}, ...given }: Given = {}): FilterRequest {
  const path = given.path ?? "/items/1";
  const query = given.query ?? "";
  return {
    ip: "203.0.113.7",
    method: "GET",
    protocol: "https:",
    host: "shop.test:8443",
    path,
    query,
    cookies: "",
    canonicalPath: path,
    target: path + query,
    ...given,
    headers: {
      get: (name) => headers[name],
      values: (name) => (headers[name] === undefined ? [] : [headers[name]]),
      entries: () => Object.entries(headers),
    },
  };
}

/** What one expression says of a request: true, false, or undefined when it is open. */
export function judge(expression: string, given: Given = {}): boolean | undefined {
  const filter = compile(expression, given.lists ? { lists: given.lists } : {});
  return filter.evaluate(requestOf(given), given.local, given.facts).values[0];
}
