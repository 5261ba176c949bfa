import { FilterError, MAX_TEXT } from "@arcjet/filter";
import type { IpFacts } from "@arcjet/ip";
import { describe, expect, test } from "vitest";
import { normalizeRequest } from "../normalize.ts";
import type { RuleContext, Verdict } from "../rule.ts";
import { fakeRequest, type FakeRequestOptions } from "../testing.ts";
import { filter, type FilterOptions, type FilterProps } from "./filter.ts";

interface Given extends FakeRequestOptions {
  readonly facts?: RuleContext["facts"];
  readonly props?: FilterProps;
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function contextOf({ facts, props, ...request }: Given): RuleContext<FilterProps> {
  const surroundings = {
    proxies: undefined,
    platform: undefined,
    development: false,
    ignoreCase: false,
  };
  return {
    request: normalizeRequest(fakeRequest(request), surroundings),
    props: props ?? {},
    facts: facts ?? (() => undefined),
    identify: () => {
      throw new Error("not used");
    },
    record: () => {},
    now: () => 0,
    log: quiet,
    development: false,
  };
}

function judge(options: FilterOptions, given: Given = {}) {
  // A filter asks no store, so what it gives is a verdict or a promise of one.
  return filter(options).evaluate(contextOf(given)) as Verdict | Promise<Verdict>;
}

const austria: IpFacts = { country: "AT", isVpn: false };
const absent = 'http.request.headers["x-token"] eq "secret"';
const get = 'http.request.method eq "GET"';
const post = 'http.request.method eq "POST"';
const argument = 'http.request.uri.args["q"] contains "x"';
const long = { url: `/?a=${"y".repeat(MAX_TEXT)}` };
const known = 'ip.src.country eq "AT"';

describe("verdicts", () => {
  test.each<[string, FilterOptions, Verdict["conclusion"], Given?]>([
    ["a deny list denies on a match", { deny: [post, get] }, "DENY"],
    ["a deny list allows without one", { deny: [post] }, "ALLOW"],
    ["a deny list allows what is open for an absent header", { deny: [absent] }, "ALLOW"],
    ["a deny list allows what is open for missing IP data", { deny: [known] }, "ALLOW"],
    ["an allow list allows on a match", { allow: [post, get] }, "ALLOW"],
    ["an allow list denies without one", { allow: [post] }, "DENY"],
    ["an allow list is not satisfied by an absent header", { allow: [absent] }, "DENY"],
    ["nor by its negation", { allow: [`not ${absent}`] }, "DENY"],
    ["an allow list without IP data is an error", { allow: [known] }, "ERROR"],
    ["unless another expression matches", { allow: [known, get] }, "ALLOW"],
    ["or IP data could not make it match", { allow: [`${known} and ${absent}`] }, "DENY"],
    [
      "a query too long to be read does not get past a deny list",
      { deny: [argument] },
      "DENY",
      long,
    ],
    ["nor past an allow list", { allow: [`not ${argument}`, known] }, "DENY", long],
    ["and nothing else depends on it", { deny: [post, `${argument} and ${post}`] }, "ALLOW", long],
    ["with IP data it is decided", { allow: [known] }, "ALLOW", { facts: () => austria }],
    ["either way", { allow: ["ip.src.vpn"] }, "DENY", { facts: () => austria }],
  ])("%s", (_, options, conclusion, given = {}) => {
    expect(judge(options, given)).toMatchObject({ conclusion });
  });

  test("the reason lists what matched and what was open", () => {
    expect(judge({ deny: [known, get, absent] })).toEqual({
      conclusion: "DENY",
      reason: {
        type: "FILTER",
        matchedExpressions: [get],
        undeterminedExpressions: [known, absent],
      },
    });
  });

  test("an error for missing IP data names the expression and the remedy", () => {
    expect(judge({ allow: [known] })).toMatchObject({
      reason: { type: "ERROR", message: expect.stringMatching(/ip\.src\.country.*geo/) },
    });
  });

  test("the path a rule should look at is the canonical one", () => {
    const options: FilterOptions = { deny: ['http.request.uri.path.canonical eq "/admin"'] };
    for (const url of ["/admin", "//admin/", "/%61dmin", "/x/../admin?y"])
      expect(judge(options, { url })).toMatchObject({ conclusion: "DENY" });
  });
});

describe("dot segments, which some routers resolve and others do not", () => {
  const behind = 'starts_with(http.request.uri.path.canonical, "/admin/")';
  test.each(["/admin/..", "/admin/../x", "/admin/%2e%2e/x", "/admin/..%2fx", "/x/../admin/y"])(
    "%s is denied both ways",
    (url) => {
      expect(judge({ deny: [behind] }, { url })).toMatchObject({ conclusion: "DENY" });
    },
  );
  test.each([
    ["/admin/x", "ALLOW"],
    ["/admin/../x", "DENY"],
    ["/x/../admin/y", "DENY"],
  ])("%s is allowed only when both ways agree: %s", (url, conclusion) => {
    expect(judge({ allow: [behind] }, { url })).toMatchObject({ conclusion });
  });
});

describe("IP data", () => {
  test("is asked for only where an expression reads it", () => {
    const facts = () => {
      throw new Error("asked");
    };
    expect(judge({ deny: [get] }, { facts })).toMatchObject({ conclusion: "DENY" });
    expect(() => judge({ deny: [known] }, { facts })).toThrow("asked");
  });

  test("is waited for when it is a promise, and only then", async () => {
    expect(judge({ deny: [known] }, { facts: () => austria })).toMatchObject({
      conclusion: "DENY",
    });
    const waiting = judge({ deny: [known] }, { facts: async () => austria });
    expect(waiting).toBeInstanceOf(Promise);
    expect(await waiting).toMatchObject({ conclusion: "DENY" });
  });
});

describe("filterLocal", () => {
  const options: FilterOptions = { deny: ['local["plan"] eq "free"'] };

  test("values are read by name", () => {
    expect(judge(options, { props: { filterLocal: { plan: "free" } } })).toMatchObject({
      conclusion: "DENY",
    });
    expect(judge(options, { props: {} })).toMatchObject({ conclusion: "ALLOW" });
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["a text", "plan=free"],
    ["an array", ["free"]],
    ["an object with a number", { plan: 1 }],
  ])("%s is an error, not an absent value", (_, filterLocal) => {
    // Callers without types can pass anything.
    const props = { filterLocal } as unknown as FilterProps;
    expect(judge(options, { props })).toMatchObject({
      conclusion: "ERROR",
      reason: { type: "ERROR", message: expect.stringContaining("filterLocal") },
    });
  });
});

describe("options", () => {
  const wrong = (options: unknown) => () => filter(options as FilterOptions);
  test.each<[string, unknown, RegExp]>([
    ["no options", undefined, /expected object/],
    ["neither list", {}, /either `allow` or `deny` must be specified/],
    ["both lists", { allow: [get], deny: [post] }, /cannot be provided together/],
    ["an empty list", { deny: [] }, /one or more expressions/],
    ["a list that is none", { deny: get }, /array of strings/],
    ["a wrong mode", { mode: "ON", deny: [get] }, /'LIVE', 'DRY_RUN'/],
    ["an unknown option", { deny: [get], list: {} }, /unknown option `list`/],
    ["lists that are none", { deny: [get], lists: ["a"] }, /`lists`.*arrays/],
    ["a list of objects", { deny: [get], lists: { a: [{}] } }, /`lists\.a`.*strings/],
    ["a member that is no address", { deny: ["ip.src in $a"], lists: { a: ["x"] } }, /addresses/],
  ])("%s: refused when the rule is built", (_, options, message) => {
    expect(wrong(options)).toThrow(message);
  });

  test("a mistake in an expression is shown where it is when the rule is built", () => {
    expect(wrong({ deny: [get, "ip.src.contry eq 1"] })).toThrow(FilterError);
  });

  test("the rule is described by its list, with named lists written out", () => {
    const rule = filter({
      mode: "LIVE",
      deny: ["ip.src in $office"],
      lists: { office: ["10.0.0.0/8"] },
    });
    expect(rule).toMatchObject({
      spec: { type: "FILTER", mode: "LIVE", deny: ["ip.src in {10.0.0.0/8}"] },
      reads: ["filterLocal"],
    });
    expect(filter({ allow: [get] }).spec).toEqual({
      type: "FILTER",
      mode: "DRY_RUN",
      allow: [get],
    });
  });
});
