import { describe, expect, test } from "vitest";
import { judge, requestOf, type Given } from "../test/requests.ts";
import { compile, MAX_EXPRESSIONS } from "./filter.ts";
import { FilterError } from "./error.ts";

type Row = [string, boolean | undefined, Given?];

const browser = {
  headers: { "user-agent": "Mozilla/5.0 Firefox/128", accept: " text/html\u00a0" },
};

describe("fields", () => {
  test.each<Row>([
    ['http.host eq "shop.test:8443"', true],
    ['http.hostname eq "shop.test"', true],
    ['http.hostname eq "[::1]"', true, { host: "[::1]:80" }],
    ['http.hostname eq "[::1]"', true, { host: "[::1]" }],
    ['http.hostname eq "shop.test"', true, { host: "shop.test" }],
    ['http.request.method eq "GET"', true],
    ['http.request.protocol eq "https:"', true],
    ['http.request.uri eq "/items/1?a=1"', true, { query: "?a=1" }],
    ['http.request.uri.path eq "/a//b"', true, { path: "/a//b", canonicalPath: "/a/b" }],
    ['http.request.uri.path.canonical eq "/a/b"', true, { path: "/a//b", canonicalPath: "/a/b" }],
    ['http.request.headers["accept"] eq "text/html"', true, browser],
    ['http.request.headers["User-Agent"] contains "Firefox"', true, browser],
    ['http.request.headers["x"] eq "a, b, "', true, { headers: { x: " a,b ,\t" } }],
    ['any(http.request.headers[*] eq "a, b")', true, { headers: { x: "a,b" } }],
    ['http.request.headers["referer"] eq "x"', undefined, browser],
    ['http.request.cookie["a"] eq "1, 2"', true, { cookies: "a=1; b=%41 ;a = 2; junk" }],
    ['http.request.cookie["b"] eq "%41"', true, { cookies: "a=1; b=%41 ;a = 2; junk" }],
    ['http.request.cookie["junk"] eq ""', undefined, { cookies: "a=1; junk" }],
    ['http.request.uri.args["q"] eq "a b, é"', true, { query: "?q=a+b&q=%C3%A9" }],
    ['http.request.uri.args["q"] eq "%zz"', true, { query: "?q=%zz" }],
    ['http.request.uri.args["q"] eq "\uFFFDx"', true, { query: "?q=%ffx" }],
    ['http.request.uri.args["?q"] eq "1"', true, { query: "??q=1" }],
    ['local["plan"] eq "free"', true, { local: { plan: "free" } }],
    ['local["toString"] eq ""', undefined, { local: {} }],
    ['local["plan"] eq ""', undefined],
    ["ip.src eq 203.0.113.7", true],
    ["ip.src in {203.0.113.0/24}", true],
    ["ip.src eq 0.0.0.0", true, { ip: "nonsense" }],
    ['ip.src.country eq "AT"', true, { facts: { country: "AT" } }],
    ['ip.src.lat eq "48.2"', true, { facts: { latitude: 48.2 } }],
    [
      'ip.src.accuracy_radius eq "1000000000000000000000"',
      true,
      { facts: { accuracyRadius: 1e21 } },
    ],
    ['ip.src.lon eq "0.0000001"', true, { facts: { longitude: 1e-7 } }],
    ['ip.src.lon eq "-0"', true, { facts: { longitude: -0 } }],
    ["ip.src.vpn", true, { facts: { isVpn: true } }],
    ["ip.src.vpn", false, { facts: { isVpn: false } }],
    ["ip.src.vpn", undefined, { facts: {} }],
    ["ip.src.vpn", undefined],
  ])("%s is %s", (expression, value, given = {}) => {
    expect(judge(expression, given)).toBe(value);
  });
});

describe("operators", () => {
  test.each<Row>([
    ['local["v"] lt "b"', true, { local: { v: "a" } }],
    ['local["v"] gt "\uFFFF"', true, { local: { v: "😀" } }],
    ['local["v"] lt "a"', true, { local: { v: "" } }],
    ['local["v"] ge "ab"', false, { local: { v: "a" } }],
    ['local["v"] eq "\\xff"', false, { local: { v: "ÿ" } }],
    ['local["v"] lt "\\xff"', true, { local: { v: "ÿ" } }],
    ['local["v"] contains "\\xc3"', true, { local: { v: "é" } }],
    ['local["v"] contains ""', true, { local: { v: "" } }],
    ['local["v"] in {"a" r"b" 63:63}', true, { local: { v: "cc" } }],
    ['local["v"] in {}', false, { local: { v: "" } }],
    ['local["v"] wildcard "/A/*.PHP"', true, { local: { v: "/a/b.php" } }],
    ['local["v"] strict wildcard "/A/*.PHP"', false, { local: { v: "/a/b.php" } }],
    ['local["v"] matches "^a+$"', true, { local: { v: "aaa" } }],
    ['local["v"] ~ r"\\d"', false, { local: { v: "aaa" } }],
    ['len(local["v"]) eq 6', true, { local: { v: "é😀" } }],
    ['len(local["v"]) & 4', true, { local: { v: "éé" } }],
    ['len(local["v"]) bitwise_and 3', false, { local: { v: "éé" } }],
    ['len(local["v"]) & -9223372036854775808', false, { local: { v: "a" } }],
    ['len(local["v"]) in {1 3..5}', true, { local: { v: "abcd" } }],
    ['lower(local["v"]) eq "éÉ"', true, { local: { v: "éÉ" } }],
    ['upper(lower(local["v"])) eq "AB"', true, { local: { v: "aB" } }],
    ["ip.src lt 203.0.113.8", true],
    ["ip.src lt ::1", false],
    ["ip.src ne ::1", true],
    ["ip.src in {203.0.113.5..203.0.113.9}", true],
    ["ip.src in {203.0.113.8..203.0.113.9 10/8}", false],
  ])("%s is %s", (expression, value, given = {}) => {
    expect(judge(expression, given)).toBe(value);
  });
});

describe("what is absent is neither true nor false", () => {
  const absent = 'http.request.headers["x"]';
  const [yes, no] = ['http.request.method eq "GET"', 'http.request.method eq "PUT"'];
  test.each<Row>([
    [`${absent} eq "a"`, undefined],
    [`${absent} ne "a"`, undefined],
    [`not ${absent} eq "a"`, undefined],
    [`${absent} in {"a"}`, undefined],
    [`${absent} contains ""`, undefined],
    [`${absent} wildcard "*"`, undefined],
    [`${absent} matches ""`, undefined],
    [`lower(${absent}) eq ""`, undefined],
    [`len(${absent}) eq 0`, true],
    [`${absent} eq "a" and ${no}`, false],
    [`${no} and ${absent} eq "a"`, false],
    [`${absent} eq "a" and ${yes}`, undefined],
    [`${absent} eq "a" or ${yes}`, true],
    [`${absent} eq "a" or ${no}`, undefined],
    [`${absent} eq "a" xor ${yes}`, undefined],
    ["ip.src.vpn or not ip.src.vpn", undefined],
    [`lower(http.request.headers[*])[7] eq "a"`, undefined],
  ])("%s is %s", (expression, value) => {
    expect(judge(expression)).toBe(value);
  });

  test.each<[string, boolean]>([
    ["ip.src.vpn", true],
    [`${absent} eq "a"`, false],
    [`${absent} eq "a" and ip.src.vpn`, false],
    [`not (${absent} eq "a" and ip.src.vpn)`, true],
    [`${absent} eq "a" or ip.src.vpn`, true],
    [`${absent} eq "a" xor ip.src.vpn`, false],
    ['any(http.request.headers[*] eq "a") or ip.src.vpn', true],
  ])("whether IP data could still make `%s` true: %s", (expression, needs) => {
    const result = compile(expression).evaluate(requestOf());
    expect(result).toMatchObject({ undetermined: [expression], needsIpData: needs });
  });
});

describe("precedence", () => {
  test.each<Row>([
    [
      "ip.src.vpn or ip.src.tor and ip.src.proxy",
      true,
      { facts: { isVpn: true, isTor: false, isProxy: false } },
    ],
    ["ip.src.vpn xor ip.src.tor or ip.src.vpn", true, { facts: { isVpn: true, isTor: true } }],
    ["not ip.src.vpn and ip.src.tor", false, { facts: { isVpn: false, isTor: false } }],
    ["!ip.src.vpn&&ip.src.tor", true, { facts: { isVpn: false, isTor: true } }],
    ["not(ip.src.vpn and ip.src.tor)", true, { facts: { isVpn: true, isTor: false } }],
    [
      'notip.src.vpn or http.request.method eq "GET"and ip.src.tor',
      true,
      { facts: { isVpn: false } },
    ],
    [
      "ip.src.vpn ^^ ip.src.tor ^^ ip.src.proxy",
      true,
      { facts: { isVpn: true, isTor: true, isProxy: true } },
    ],
  ])("%s is %s", (expression, value, given = {}) => {
    expect(judge(expression, given)).toBe(value);
  });
});

test("all expressions are evaluated, in their order and with duplicates", () => {
  const [post, get] = ['http.request.method eq "POST"', 'http.request.method eq "GET"'];
  const filter = compile([get, "ip.src.tor", post, get]);
  expect(filter.evaluate(requestOf())).toEqual({
    values: [true, undefined, false, true],
    matched: [get, get],
    undetermined: ["ip.src.tor"],
    needsIpData: true,
    tooLong: false,
  });
});

test.each([
  ['http.host eq "a"', false],
  ["ip.src eq 1.1.1.1", false],
  ['not (http.host eq "a" and ip.src.tor)', true],
  ["len(lower(ip.src.city)) gt 1", true],
])("a look-up of IP data is asked for only where %s reads it: %s", (expression, reads) => {
  expect(compile(expression).readsIpData).toBe(reads);
});

test("a filter has ten expressions at most", () => {
  const many = Array.from({ length: MAX_EXPRESSIONS }, () => "ip.src.vpn");
  expect(compile(many).expressions).toHaveLength(MAX_EXPRESSIONS);
  expect(() => compile([...many, "ip.src.vpn"])).toThrow(FilterError);
});
