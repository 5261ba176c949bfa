import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requestOf } from "../test/requests.ts";
import { expr } from "./expr.ts";
import { compile } from "./filter.ts";
import { format } from "./format.ts";
import { parse } from "./parser.ts";

/** The tree without the places in the source. */
function shape(expression: string): unknown {
  return JSON.parse(
    JSON.stringify(parse(expression), (key, value: unknown) =>
      key === "span" ? undefined : typeof value === "bigint" ? `${value}n` : value,
    ),
  );
}

describe("format()", () => {
  test.each([
    ['http.host=="a"||!ip.src.tor', 'http.host eq "a" or not ip.src.tor'],
    ["(ip.src.vpn)", "ip.src.vpn"],
    ["(ip.src.vpn or ip.src.tor) and ip.src.proxy", "(ip.src.vpn or ip.src.tor) and ip.src.proxy"],
    ["not (ip.src.vpn and ip.src.tor)", "not (ip.src.vpn and ip.src.tor)"],
    ["!!ip.src.vpn", "not not ip.src.vpn"],
    ["http.host eq 47:45:54", 'http.host eq "GET"'],
    ['http.host eq "\\xff"', 'http.host eq "\\xff"'],
    ['http.host eq "\\x00\\"\\\\"', 'http.host eq "\\x00\\"\\\\"'],
    ["len(http.host) in {0x10 1..2}", "len(http.host) in {16 1..2}"],
    ['http.host matches "\\"a"', 'http.host matches r#""a"#'],
    ['lower( local[ * ] )[0] ~ "a"', 'lower(local[*])[0] matches r"a"'],
    ['any(local[*]=="a")', 'any(local[*] eq "a")'],
    ['concat(http.host,"a") ne "b"', 'concat(http.host, "a") ne "b"'],
    ["ip.src in {10/8 ::1}", "ip.src in {10/8 ::1}"],
  ])("%s", (given, formatted) => {
    expect(format(parse(given))).toBe(formatted);
    expect(shape(formatted)).toEqual(shape(given));
  });

  const { expression } = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom(
        "ip.src.vpn",
        'exists(local["a"])',
        "ip.src in {10.0.0.0/8 ::1..::2}",
        "len(http.host) & 0x3",
      ),
      fc.string({ unit: "binary", maxLength: 8 }).map((text) => expr`http.host eq ${text}`),
      fc.string({ maxLength: 6 }).map((key) => expr`http.request.headers[${key}] in ${[key, "a"]}`),
    ),
    expression: fc.oneof(
      { depthSize: "small" },
      tie("leaf"),
      fc
        .tuple(tie("expression"), fc.constantFrom("or", "and", "xor"), tie("expression"))
        .map(([a, op, b]) => `(${a}) ${op} (${b})`),
      tie("expression").map((inner) => `not (${inner})`),
    ),
  }));
  test("what is formatted parses to the same tree", () => {
    fc.assert(
      fc.property(expression, (text) => {
        fc.pre(text.length < 300);
        const formatted = format(parse(text));
        expect(shape(formatted)).toEqual(shape(text));
        expect(format(parse(formatted))).toBe(formatted);
      }),
    );
  });
});

describe("expr", () => {
  test.each([
    [expr`ip.src.country in ${["AT", "BE"]}`, 'ip.src.country in {"AT" "BE"}'],
    [expr`http.host eq ${'a" or "'}`, 'http.host eq "a\\" or \\""'],
    [expr`len(http.host) gt ${3}`, "len(http.host) gt 3"],
    [expr`len(http.host) eq ${2n ** 62n}`, "len(http.host) eq 4611686018427387904"],
    [expr`ip.src in ${["10.0.0.0/8", "::1"]}`, "ip.src in {10.0.0.0/8 ::1}"],
    [expr`ip.src in {127.0.0.1 ${"::1"}}`, "ip.src in {127.0.0.1 ::1}"],
    [expr`http.request.headers[${"x-a"}] eq ${"b"}`, 'http.request.headers["x-a"] eq "b"'],
    [expr`http.host matches ${'^a"b$'}`, 'http.host matches r#"^a"b$"#'],
    [
      expr`http.host matches "\.php$" or http.host eq ${"a"}`,
      'http.host matches "\\.php$" or http.host eq "a"',
    ],
  ])("%s", (made, expected) => {
    expect(made).toBe(expected);
    expect(() => compile(made)).not.toThrow();
  });

  test.each([
    ["a fraction", () => expr`len(http.host) gt ${1.5}`],
    ["an address that is none", () => expr`ip.src eq ${"1.1.1.1 or ip.src.vpn"}`],
    ["a value within quotes", () => expr`http.host eq "a${"b"}"`],
    ["a pattern that is no text", () => expr`http.host matches ${3}`],
  ])("%s is refused", (_, make) => {
    expect(make).toThrow(TypeError);
  });

  test("a text of any kind equals itself and adds nothing to the expression", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const filter = compile(expr`local["v"] eq ${text} and local["v"] in ${[text]}`);
        expect(filter.evaluate(requestOf(), { v: text }).values).toEqual([true]);
        expect(parse(filter.expressions[0]!)).toMatchObject({ kind: "and" });
      }),
    );
  });
});
