// The identities on the wire, held against the published JavaScript client, which computes them in
// WebAssembly and in JavaScript of its own.
import { generateFingerprint } from "analyze-official";
import {
  detectBot,
  filter,
  fixedWindow,
  sensitiveInfo,
  shield,
  slidingWindow,
  tokenBucket,
  validateEmail,
} from "arcjet-official";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RuleSpec } from "../src/index.ts";
import { fingerprint, portableSha256Hex, ruleId, ruleText, sha256Hex } from "../src/wire.ts";
import { spec } from "./arbitraries.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };

/** Asks a published rule which identity it looks its remembered denials up by. */
async function publishedRuleId(rules: unknown, characteristics: string[] = []): Promise<string> {
  const ids: string[] = [];
  const cache = {
    get: async (id: string) => {
      ids.push(id);
      return [undefined, 0];
    },
    set: () => {},
  };
  const [rule] = rules as {
    characteristics?: string[];
    protect(context: unknown, details: unknown): Promise<{ ruleId: string }>;
  }[];
  const context = {
    cache,
    log,
    fingerprint: "fp",
    characteristics,
    runtime: "node",
    getBody: async () => "",
  };
  const details = {
    ip: "8.8.8.8",
    headers: new Headers({ "user-agent": "x", a: "1" }),
    email: "a@b.example",
    extra: { sensitiveInfoValue: "x", userId: "u", a: "1", "😀": "2", "～": "3" },
  };
  const { ruleId: own } = await rule!.protect(context, details);
  return ids[0] ?? own;
}

const BOT = { missingUserAgent: "error", denySpoofed: false } as const;
const EMAIL = { requireTopLevelDomain: true, allowDomainLiteral: false } as const;

describe("the identity of a rule", () => {
  test.each<[string, unknown, RuleSpec, string[]?]>([
    [
      "fixed window",
      fixedWindow({ mode: "LIVE", window: "60s", max: 50 }),
      {
        type: "RATE_LIMIT",
        algorithm: "FIXED_WINDOW",
        mode: "LIVE",
        characteristics: [],
        max: 50,
        window: 60,
        anchor: "first",
      },
    ],
    [
      "fixed window by characteristics",
      fixedWindow({
        mode: "DRY_RUN",
        window: 60,
        max: 1,
        characteristics: ["userId", "ip.src", 'http.request.headers["a"]'],
      }),
      {
        type: "RATE_LIMIT",
        algorithm: "FIXED_WINDOW",
        mode: "DRY_RUN",
        characteristics: ["userId", "ip.src", 'http.request.headers["a"]'],
        max: 1,
        window: 60,
        anchor: "first",
      },
    ],
    [
      "sliding window",
      slidingWindow({ mode: "LIVE", interval: 3600, max: 4294967295 }),
      {
        type: "RATE_LIMIT",
        algorithm: "SLIDING_WINDOW",
        mode: "LIVE",
        characteristics: [],
        max: 4294967295,
        interval: 3600,
      },
    ],
    [
      "token bucket",
      tokenBucket({
        mode: "LIVE",
        refillRate: 5,
        interval: 10,
        capacity: 100,
        characteristics: ["😀", "～", "a"],
      }),
      {
        type: "RATE_LIMIT",
        algorithm: "TOKEN_BUCKET",
        mode: "LIVE",
        characteristics: ["😀", "～", "a"],
        refillRate: 5,
        interval: 10,
        capacity: 100,
        refill: "interval",
      },
    ],
    [
      "bots",
      detectBot({ mode: "LIVE", allow: ["CURL", "CATEGORY:AI"] }),
      { type: "BOT", mode: "LIVE", allow: ["CURL", "CATEGORY:AI"], ...BOT },
    ],
    [
      "no bots",
      detectBot({ mode: "LIVE", allow: [] }),
      { type: "BOT", mode: "LIVE", allow: [], ...BOT },
    ],
    [
      "denied bots",
      detectBot({ mode: "DRY_RUN", deny: ["CURL"] }),
      { type: "BOT", mode: "DRY_RUN", deny: ["CURL"], ...BOT },
    ],
    [
      "e-mail",
      validateEmail({ mode: "LIVE", deny: ["INVALID", "FREE"] }),
      { type: "EMAIL", mode: "LIVE", deny: ["INVALID", "FREE"], ...EMAIL },
    ],
    [
      "e-mail with options",
      validateEmail({
        mode: "LIVE",
        allow: ["FREE"],
        requireTopLevelDomain: false,
        allowDomainLiteral: true,
      }),
      {
        type: "EMAIL",
        mode: "LIVE",
        allow: ["FREE"],
        requireTopLevelDomain: false,
        allowDomainLiteral: true,
      },
    ],
    [
      "shield",
      shield({ mode: "LIVE" }),
      { type: "SHIELD", mode: "LIVE", threshold: 5, window: 600, blockFor: 600 },
    ],
    [
      "filter",
      filter({ mode: "LIVE", deny: ['http.host eq "a\\"b"', "ip.src.tor"] }),
      { type: "FILTER", mode: "LIVE", deny: ['http.host eq "a\\"b"', "ip.src.tor"] },
    ],
    [
      "sensitive information",
      sensitiveInfo({ mode: "LIVE", deny: ["EMAIL"] }),
      { type: "SENSITIVE_INFO", mode: "LIVE", deny: ["EMAIL"] },
    ],
  ])("of %s is the published one", async (_, rules, own, characteristics) => {
    expect(ruleId(own, characteristics)).toBe(await publishedRuleId(rules, characteristics));
  });

  test("hashes the text that the documentation shows", () => {
    const text = ruleText({
      type: "RATE_LIMIT",
      algorithm: "FIXED_WINDOW",
      mode: "LIVE",
      characteristics: [],
      max: 50,
      window: 60,
      anchor: "first",
    });
    expect(text).toBe(
      'type:"RATE_LIMIT",version:0,mode:"LIVE",algorithm:"FIXED_WINDOW",characteristics:[],match:"",max:50,window:60,',
    );
  });

  test("takes over the characteristics of the client", () => {
    const own: RuleSpec = {
      type: "SHIELD",
      mode: "LIVE",
      threshold: 5,
      window: 600,
      blockFor: 600,
    };
    expect(ruleText(own, ["userId"])).toBe(
      'type:"SHIELD",version:0,mode:"LIVE",characteristics:["userId",],',
    );
  });

  test("differs whenever the settings do, order of lists and keys apart", () => {
    const canonical = (value: RuleSpec) =>
      JSON.stringify(
        Object.entries(value)
          .map(([key, part]) => [key, Array.isArray(part) ? part.toSorted() : part])
          .sort(),
      );
    fc.assert(
      fc.property(spec, spec, (a, b) => {
        expect(ruleId(a) === ruleId(b)).toBe(canonical(a) === canonical(b));
        expect(ruleId({ ...a })).toBe(ruleId(a));
      }),
    );
  });
});

interface Source {
  ip: string;
  host: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  cookies: string;
  query: string;
  extra: Record<string, string>;
}

const EMPTY: Source = {
  ip: "",
  host: "",
  method: "",
  path: "",
  headers: {},
  cookies: "",
  query: "",
  extra: {},
};

async function publishedFingerprint(characteristics: string[], source: Source) {
  return generateFingerprint({ log, characteristics }, source).catch(() => undefined);
}

describe("the fingerprint of a client", () => {
  test.each<[string, string[], Partial<Source>]>([
    ["the address by default", [], { ip: "8.8.8.8" }],
    ["no address", [], {}],
    ["an address twice", ["ip.src", "ip.src"], { ip: "8.8.8.8" }],
    ["an address as written", ["ip.src"], { ip: "0:0:0:0:0:0:0:1" }],
    ["a header in another case", ['http.request.headers["X-A"]'], { headers: { "x-a": "v" } }],
    ["a header in parts", ['http.request.headers["x"]'], { headers: { x: "b ,, a\u00a0," } }],
    [
      "a header in other white space",
      ['http.request.headers["x"]'],
      { headers: { x: "\u0085a\ufeff" } },
    ],
    ["an empty header", ['http.request.headers["x"]'], { headers: { x: " , " } }],
    ["a missing header", ['http.request.headers["x"]'], {}],
    [
      "a header twice",
      ['http.request.headers["x"]', 'http.request.headers["X"]'],
      { headers: { x: "1" } },
    ],
    ["an empty header name", ['http.request.headers[""]'], { headers: { x: "1" } }],
    ["single quotes", ["http.request.headers['x']"], { headers: { x: "1" } }],
    [
      "quotes that differ",
      ["http.request.headers['x\"]"],
      { headers: { x: "1" }, extra: { "http.request.headers['x\"]": "y" } },
    ],
    [
      "a name with a dot",
      ['http.request.cookie["a.b"]'],
      { cookies: "a.b=1", extra: { 'http.request.cookie["a.b"]': "y" } },
    ],
    ["a cookie", ['http.request.cookie["sid"]'], { cookies: ' b=2;\u00a0sid = "a%20b" ;;=' }],
    ["an empty cookie", ['http.request.cookie["sid"]'], { cookies: "sid=" }],
    ["a cookie without a value", ['http.request.cookie["sid"]'], { cookies: "sid" }],
    ["a cookie twice", ['http.request.cookie["sid"]'], { cookies: "sid=1; sid=1" }],
    ["an argument", ['http.request.uri.args["q"]'], { query: "?q=a%20b+c&%71=%zz" }],
    ["an empty argument", ['http.request.uri.args["q"]'], { query: "?q" }],
    ["a missing argument", ['http.request.uri.args["q"]'], { query: "?Q=1" }],
    ["two question marks", ['http.request.uri.args["q"]'], { query: "??q=1" }],
    ["no question mark", ['http.request.uri.args["q"]'], { query: "q=1" }],
    ["a property", ["userId"], { extra: { userId: " u1 " } }],
    ["an empty property", ["userId"], { extra: { userId: "" } }],
    ["a missing property", ["userId"], {}],
    ["a property named like a method", ["toString"], {}],
    ["a property twice", ["userId", "userId"], { extra: { userId: "u" } }],
    [
      "properties beyond the basic plane",
      ["\u{1F600}", "\uFF5E"],
      { extra: { "\u{1F600}": "1", "\uFF5E": "2" } },
    ],
    ["an empty name", [""], { extra: { "": "1" } }],
    ["a field that is none", ["ip.src.country"], { extra: { "ip.src.country": "x" } }],
    [
      "everything at once",
      [
        "z",
        "a",
        'http.request.uri.args["q"]',
        'http.request.cookie["c"]',
        'http.request.headers["h"]',
        "http.request.uri.path",
        "http.method",
        "http.host",
        "ip.src",
      ],
      {
        ip: "8.8.8.8",
        host: "H:1",
        method: "GET",
        path: "/p",
        headers: { h: "1" },
        cookies: "c=2",
        query: "?q=3",
        extra: { a: "4", z: "5" },
      },
    ],
  ])("by %s is the published one", async (_, characteristics, given) => {
    const source = { ...EMPTY, ...given };
    expect(fingerprint(characteristics, source)).toBe(
      await publishedFingerprint(characteristics, source),
    );
  });

  test("is the published one for whatever a request holds", async () => {
    const word = fc.string({
      unit: fc.constantFrom("a", "b", "=", ";", ",", " ", "%", "4", "1", "&", "+", "?", '"', "é"),
      maxLength: 12,
    });
    const name = fc.constantFrom(
      "ip.src",
      "http.host",
      'http.request.headers["a"]',
      'http.request.cookie["a"]',
      'http.request.uri.args["a"]',
      "a",
      "b",
    );
    const source = fc.record({
      ip: word,
      host: word,
      method: word,
      path: word,
      headers: word.map((a) => ({ a })),
      cookies: word.map((rest) => `a=${rest}`),
      query: word.map((rest) => `?a=${rest}`),
      extra: fc.record({ a: word, b: word }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 4 }), source, async (names, given) => {
        expect(fingerprint(names, given)).toBe(await publishedFingerprint(names, given));
      }),
      { numRuns: 60 },
    );
  });
});

test("SHA-256 is the same with and without the runtime's own", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      expect(portableSha256Hex(text)).toBe(sha256Hex(text));
    }),
  );
});
