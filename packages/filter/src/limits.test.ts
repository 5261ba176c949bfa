import { describe, expect, test } from "vitest";
import { requestOf, type Given } from "../test/requests.ts";
import { compile } from "./filter.ts";
import { MAX_TEXT } from "./request.ts";

/** A request one of whose texts has the given length and ends in `end`. */
type Long = (length: number, end: string) => Given;

const long =
  (start: string, build: (text: string) => Given): Long =>
  (length, end) =>
    build(start.padEnd(length - end.length, "x") + end);

const TEXTS: readonly (readonly [string, Long, string])[] = [
  ["http.host", long("", (host) => ({ host })), "end"],
  ["http.hostname", long("", (host) => ({ host })), "end"],
  ["http.request.uri", long("/", (target) => ({ target })), "end"],
  ["http.request.uri.path", long("/", (path) => ({ path })), "end"],
  ["http.request.uri.path.canonical", long("/", (path) => ({ path })), "end"],
  ['http.request.headers["x"]', long("", (x) => ({ headers: { x } })), "end"],
  ['lower(http.request.headers["x"])', long("", (x) => ({ headers: { x } })), "end"],
  [
    'concat(http.request.method, http.request.headers["x"])',
    long("", (x) => ({ headers: { x } })),
    "end",
  ],
  ['http.request.uri.args["b"]', long("?a=", (query) => ({ query })), "&b=end"],
  ['http.request.cookie["b"]', long("a=", (cookies) => ({ cookies })), ";b=end"],
];

const evaluate = (expression: string, given: Given) =>
  compile(expression).evaluate(requestOf(given));

describe("a text of the request is read up to a limit, and not at all beyond it", () => {
  test.each(TEXTS)("%s", (field, build, end) => {
    const expression = `ends_with(${field}, "end")`;
    expect(evaluate(expression, build(MAX_TEXT, end))).toMatchObject({
      values: [true],
      tooLong: false,
    });
    expect(evaluate(expression, build(MAX_TEXT + 1, end))).toEqual({
      values: [undefined],
      matched: [],
      undetermined: [expression],
      needsIpData: false,
      tooLong: true,
    });
  });

  test("all headers together, where each of them is asked for", () => {
    const expression = 'any(http.request.headers[*] eq "end")';
    const headersOf = (length: number): Given => ({
      headers: { a: "end", b: "x".repeat(length - "aendb".length) },
    });
    expect(evaluate(expression, headersOf(MAX_TEXT))).toMatchObject({ values: [true] });
    expect(evaluate(expression, headersOf(MAX_TEXT + 1))).toMatchObject({ tooLong: true });
    // One of them can be read still.
    expect(evaluate('http.request.headers["a"] eq "end"', headersOf(MAX_TEXT + 1))).toMatchObject({
      values: [true],
    });
  });

  test("headers too long together stay so for every expression, and only where all are asked for", () => {
    const headers = { a: "end", b: "x".repeat(MAX_TEXT) };
    const path = "/".padEnd(MAX_TEXT + 1, "x");
    const all = 'any(http.request.headers[*] eq "end")';
    const one = 'http.request.headers["a"] eq "end"';
    const filter = compile([
      all,
      all,
      one,
      `concat(http.request.uri.path, local[*])[0] eq "a"`,
      one,
    ]);
    expect(filter.evaluate(requestOf({ headers, path }), { x: "" }).values).toEqual([
      undefined,
      undefined,
      true,
      undefined,
      true,
    ]);
    const short = compile([
      'concat(http.request.uri.path, lower(http.request.headers[*])[0]) eq "a"',
      all,
    ]);
    expect(short.evaluate(requestOf({ headers: { a: "end" }, path })).values).toEqual([
      undefined,
      true,
    ]);
  });

  test("lists in headers are read the same, however long and often", () => {
    for (const count of [60, 64, 65, 70, 9_000]) {
      const [x, y] = ["a ,".repeat(count), "b ,".repeat(count)];
      const spaced = (letter: string) =>
        `http.request.headers["${letter === "a" ? "x" : "y"}"] matches "^(?:${letter}, ){${count}}$"`;
      const filter = compile([spaced("a"), spaced("b"), spaced("a")]);
      expect(filter.evaluate(requestOf({ headers: { x, y } })).values).toEqual([true, true, true]);
    }
  });

  test("the maps of a request are decoded, listed and ordered once for all expressions", () => {
    let entries = 0;
    const request = requestOf({ headers: { b: "2", a: "1" } });
    const counted = {
      ...request,
      headers: { ...request.headers, entries: () => (entries++, request.headers.entries()) },
    };
    const first = 'lower(http.request.headers[*])[0] eq "1"';
    const any = 'any(http.request.headers[*] eq "2")';
    expect(compile([first, any, first, any]).evaluate(counted).values).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(entries).toBe(1);
  });

  test("a path that is too long is not brought into its canonical form", () => {
    const request = requestOf({ path: "/".padEnd(MAX_TEXT + 1, "x") });
    const canonicalPath = () => {
      throw new Error("asked for");
    };
    const lazy = Object.defineProperty({ ...request }, "canonicalPath", { get: canonicalPath });
    const filter = compile('http.request.uri.path.canonical eq "/a"');
    expect(filter.evaluate(lazy)).toMatchObject({ tooLong: true });
  });

  test("values the application passes are read whole", () => {
    const local = { body: `${"x".repeat(4 * MAX_TEXT)}end` };
    const filter = compile('ends_with(local["body"], "end")');
    expect(filter.evaluate(requestOf(), local).values).toEqual([true]);
  });
});

describe("patterns that take too long on a text", () => {
  const path = "x".repeat(MAX_TEXT);
  const large = 'http.request.uri.path matches "x.{1000}y"';
  test.each([large, `not ${large}`, `any(http.request.headers[*] matches "x.{1000}y")`])(
    "%s is open",
    (expression) => {
      expect(evaluate(expression, { path, headers: { x: "x".repeat(9_000) } })).toMatchObject({
        values: [undefined],
        needsIpData: false,
        tooLong: true,
      });
    },
  );

  test("and decided on ordinary texts", () => {
    expect(evaluate(large, { path: `/x${"-".repeat(1_000)}y` }).values).toEqual([true]);
    expect(evaluate(large, { path: `/${"x".repeat(900)}` }).values).toEqual([false]);
  });
});

describe("making a request longer does not make an expression true", () => {
  const query = `?a=${"x".repeat(MAX_TEXT)}`;
  const args = 'http.request.uri.args["b"]';
  test.each([
    `not exists(${args})`,
    `len(${args}) eq 0`,
    `not ${args} eq "x"`,
    `${args} ne "x"`,
    'all(http.request.uri.args[*] ne "x")',
    'not any(http.request.uri.args[*] eq "x")',
    "len(lower(http.request.uri.args[*])[9]) eq 0",
    `exists(${args}) or not exists(${args})`,
    `${args} eq "x" xor ip.src.vpn`,
  ])("%s is open", (expression) => {
    expect(evaluate(expression, { query })).toMatchObject({
      values: [undefined],
      needsIpData: false,
      tooLong: true,
    });
  });

  test.each([
    [`${args} eq "x" or http.request.method eq "GET"`, true],
    [`${args} eq "x" and http.request.method eq "PUT"`, false],
    [`not exists(${args}) and not exists(local["x"]) and local["x"] eq "a"`, undefined],
  ])("%s is settled by its other part: %s", (expression, value) => {
    expect(evaluate(expression, { query })).toMatchObject({ values: [value], tooLong: false });
  });

  test("one expression that could not be decided does not touch the next", () => {
    const expressions = [`${args} eq "x"`, "ip.src.vpn", 'http.request.headers["x"] eq "a"'];
    const all = compile(expressions).evaluate(requestOf({ query }));
    expect(all).toMatchObject({ undetermined: expressions, needsIpData: true, tooLong: true });
    const rest = compile(expressions.slice(1)).evaluate(requestOf({ query }));
    expect(rest).toMatchObject({ needsIpData: true, tooLong: false });
  });
});
