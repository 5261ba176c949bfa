import type { ShieldRequest } from "../src/request.ts";

/** A request for tests: a target and header fields. */
export function requestOf(
  target: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): ShieldRequest {
  const fields = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const mark = target.indexOf("?");
  const get = (name: string) => fields.find((field) => field[0] === name)?.[1];
  return {
    method,
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark),
    headers: {
      get,
      values: (name) => fields.filter((field) => field[0] === name).map((field) => field[1]),
      entries: () => fields,
    },
    cookies: get("cookie") ?? "",
    httpVersion: "1.1",
  };
}
