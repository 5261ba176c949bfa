import { expect, test } from "vitest";
import { createClient } from "../client.ts";
import { readHeaders } from "../headers.ts";
import { filter } from "./filter.ts";
import { findUpperCase } from "./folded-paths.ts";

const PATH = "http.request.uri.path.canonical";

test.each([
  `${PATH} eq "/Admin"`,
  `not ${PATH} ne "/ADMIN"`,
  `ip.src.tor or (${PATH} in {"/a" "/B"})`,
  `starts_with(${PATH}, "/Admin/")`,
  `${PATH} contains "Admin" and http.request.method eq "GET"`,
  `${PATH} strict wildcard "/Admin/*"`,
  `${PATH} matches "^/Admin(/.*)?$"`,
  `${PATH} matches r"^/\\d+/[a-z]+/X$"`,
])("%s can never match in lower case", (expression) => {
  expect(findUpperCase(["ip.src.vpn", expression])).toEqual([
    expect.stringContaining(`\`${expression}\``),
  ]);
});

test.each([
  `${PATH} eq "/admin"`,
  `${PATH} wildcard "/Admin/*"`,
  `${PATH} matches "(?i)^/Admin"`,
  `${PATH} matches "^/[A-Za-z]+/.$"`,
  `${PATH} matches "^/(admin|Admin)$"`,
  `${PATH} matches "^/A?(Bc)*d{0,3}$"`,
  `${PATH} matches "^/[A-Za-z]+$"`,
  `${PATH} matches r"^/\\S+\\D$"`,
  `${PATH} matches "^/(admin|Admin)$"`,
  `${PATH} matches "^/A?(Bc)*d$"`,
  `upper(${PATH}) eq "/ADMIN"`,
  `http.request.uri.path eq "/Admin"`,
  `ends_with(http.host, "Example") and ${PATH} eq "/"`,
])("%s may", (expression) => {
  expect(findUpperCase([expression])).toEqual([]);
});

test("named lists are looked at as they are, however long they are", () => {
  const admin = Array.from({ length: 500 }, (_, i) => `/admin/${i}`);
  const expression = `${PATH} in $admin`;
  const warningsOf = (members: readonly string[]) =>
    filter({ deny: [expression], lists: { admin: members } }).warnings?.({
      ignoreCase: true,
      knowsAddresses: true,
    });
  expect(warningsOf(admin)).toEqual([]);
  expect(warningsOf([...admin, "/Admin"])).toEqual([expect.stringContaining(expression)]);
});

test("the log tells once, and only where the router ignores case", () => {
  const told: string[] = [];
  const quiet = { debug() {}, info() {}, error() {} };
  const log = { ...quiet, warn: (_: object, message: string) => void told.push(message) };
  const read = () => ({ method: "GET", target: "/", headers: readHeaders({}) });
  const rules = [filter({ mode: "LIVE", deny: [`${PATH} eq "/Admin"`] })];
  for (const ignoreCase of [false, true])
    createClient({ rules, log }, { read, ignoreCase }).withRule(
      filter({ mode: "LIVE", deny: [`${PATH} eq "/a"`] }),
    );
  expect(told).toEqual([expect.stringContaining("write the text in lower case")]);
});
