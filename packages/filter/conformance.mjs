import { compile as build } from "./dist/index.js";

const lower = (name) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const camel = (key) => key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
const rename = (remote) =>
  Object.fromEntries(Object.entries(remote).map(([key, value]) => [camel(key), value]));

/** What the reference refuses before it looks at any expression. */
function check({ query = "", headers = {} }) {
  const names = Object.keys(headers).map(lower);
  if (query !== "" && !query.startsWith("?")) throw new Error("the query must begin with ?");
  if (names.includes("") || new Set(names).size < names.length) throw new Error("header names");
}

function requestOf({ ip = "", method = "", protocol = "", host = "", path = "", ...rest }) {
  const { query = "", cookies = "", headers = {} } = rest;
  const own = (name) => Object.keys(headers).find((key) => lower(key) === name);
  const get = (name) => headers[Object.hasOwn(headers, name) ? name : own(name)];
  const reader = { get, values: (name) => [get(name)], entries: () => Object.entries(headers) };
  const derived = { canonicalPath: path, target: path + query, headers: reader };
  return { ip, method, protocol, host, path, query, cookies, ...derived };
}

export const validate = (expression) => void build(expression);
export function compile(expressions, { mode, local, remote }) {
  const filter = build(expressions);
  const facts = remote ? rename(remote) : undefined;
  return (request) => {
    const { matched, undetermined } = filter.evaluate(requestOf(request), local, facts);
    const allowed = mode === "allow" ? matched.length + undetermined.length > 0 : !matched.length;
    return { allowed, matched, undetermined };
  };
}
export function evaluate(expressions, request, options) {
  check(request);
  return compile(expressions, options)(request);
}
