import { expect, test } from "vitest";
import { judge, type Given } from "../test/requests.ts";
import { compile } from "./filter.ts";
import { MAX_LIST } from "./lists.ts";

type Row = [string, boolean | undefined, Given?];
const headers = { accept: "text/html", cookie: "a=1", via: "1.1 Proxy" };

test.each<Row>([
  ['starts_with(http.host, "shop")', true],
  ['starts_with(http.host, "test")', false],
  ['ends_with(http.host, ":8443")', true],
  ['ends_with(http.host, http.request.headers["x"])', undefined],
  ['starts_with(http.request.headers["x"], "")', undefined],
  ["starts_with(http.request.uri, http.request.uri.path)", true, { query: "?a" }],
  ['exists(http.request.headers["accept"])', true, { headers }],
  ['exists(http.request.headers["x"])', false, { headers }],
  ["exists(ip.src.country)", false],
  ["exists(ip.src.vpn)", true, { facts: { isVpn: false } }],
  ['exists(local["a"]) and local["a"] ne "1"', false],
  ['any(http.request.headers[*] contains "html")', true, { headers }],
  ['any(lower(http.request.headers[*]) contains "proxy")', true, { headers }],
  ['any(http.request.headers[*] eq "x")', false, { headers: {} }],
  ['all(http.request.headers[*] eq "x")', true, { headers: {} }],
  ['all(http.request.headers[*] matches "^[ -~]*$")', true, { headers }],
  ['all(starts_with(http.request.headers[*], "t"))', false, { headers }],
  ["any(len(http.request.headers[*]) gt 8)", true, { headers }],
  ["all(len(http.request.headers[*]) in {3 9})", true, { headers }],
  ['not any(local[*] wildcard "a*")', true, { local: { x: "b" } }],
  ['lower(http.request.headers[*])[0] eq "text/html"', true, { headers }],
  ["len(http.request.headers[*])[1] eq 3", true, { headers }],
  ['url_decode(http.request.uri.path) eq "/a b"', true, { path: "/a%20b" }],
  ['url_decode(local["v"]) eq "é +"', true, { local: { v: "%C3%A9+%2b" } }],
  ['url_decode(local["v"]) eq ""', undefined],
  ['concat(http.request.method, " ", http.request.uri.path) eq "GET /items/1"', true],
  ['concat(http.request.method, local["v"]) eq "GET"', undefined],
  ["ip.src.asnum eq 15169", true, { facts: { asn: "15169" } }],
  ['ip.src.asnum eq "15169"', true, { facts: { asn: "15169" } }],
  ["ip.src.asnum in {13335 15000..16000}", true, { facts: { asn: "15169" } }],
  ['ip.src.asnum in {"15169"}', true, { facts: { asn: "15169" } }],
  ["ip.src.asnum ge 2", true, { facts: { asn: "10" } }],
  ["ip.src.asnum eq 15169", undefined],
])("%s is %s", (expression, value, given = {}) => {
  expect(judge(expression, given)).toBe(value);
});

const lists = {
  office: ["198.51.100.0/24", "203.0.113.1..203.0.113.9", "2001:db8::/32"],
  eu: ["AT", "BE"],
  lengths: [3, 4],
  networks: [15169, 13335],
};
test.each<Row>([
  ["ip.src in $office", true],
  ["ip.src in $office", false, { ip: "192.0.2.1" }],
  ["ip.src.country in $eu", true, { facts: { country: "BE" } }],
  ["not ip.src.country in $eu", undefined],
  ["len(http.request.method) in $lengths", true],
  ["ip.src.asnum in $networks", true, { facts: { asn: "13335" } }],
])("a named list: %s is %s", (expression, value, given = {}) => {
  expect(judge(expression, { ...given, lists })).toBe(value);
});

test("named lists are written out for a process that does not have them", () => {
  const filter = compile("ip.src in $office or len(http.host) in $lengths", { lists });
  expect(filter.portable).toEqual([
    "ip.src in {198.51.100.0/24 203.0.113.1..203.0.113.9 2001:db8::/32} or len(http.host) in {3 4}",
  ]);
  expect(compile('http.host  eq "a"').portable).toEqual(['http.host  eq "a"']);
});

test.each([
  ["http.host in $lengths", /must hold texts/],
  ["ip.src in $eu", /must hold addresses/],
  ["len(http.host) in $eu", /must hold whole numbers/],
])("a list of the wrong kind is refused: %s", (expression, message) => {
  expect(() => compile(expression, { lists })).toThrow(message);
});

test("a list has a limit", () => {
  const members = Array.from({ length: MAX_LIST }, (_, i) => String(i));
  expect(judge("http.host in $many", { lists: { many: members } })).toBe(false);
  expect(() => compile("http.host in $many", { lists: { many: [...members, "x"] } })).toThrow(
    /at most/,
  );
});
