import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { createFinder, type FinderOptions, type SensitiveInfoBackend } from "./find.ts";
import { DEFAULT_TYPES, mergeSpans, OPT_IN_TYPES, type Span } from "./span.ts";
import { type Detect, MAX_CONTEXT_WINDOW, MAX_TOKENS } from "./tokens.ts";

const ALL = [...DEFAULT_TYPES, ...OPT_IN_TYPES];
const repeat = (count: number, text = "x"): string => text.repeat(count);

/** What is found, as `TYPE text`. */
function found(text: string, options: FinderOptions = { types: ALL }): readonly string[] {
  const spans = createFinder(options)(text);
  if (spans instanceof Promise) throw new Error("the scanner does not wait");
  return spans.map(
    ({ start, end, identifiedType }) => `${identifiedType} ${text.slice(start, end)}`,
  );
}

describe("types", () => {
  const text = "a@example.com 192.0.2.1 IBAN NO9386011117947 ssn 219-09-9999";

  test("four types are found unless others are asked for", () => {
    expect(found(text, {})).toEqual(["EMAIL a@example.com", "IP_ADDRESS 192.0.2.1"]);
  });

  test("only the types that are asked for are found", () => {
    expect(found(text, { types: ["IBAN", "US_SSN"] })).toEqual([
      "IBAN NO9386011117947",
      "US_SSN 219-09-9999",
    ]);
    expect(found(text, { types: [] })).toEqual([]);
  });

  test("a number is of one type even when that type is not asked for", () => {
    expect(found("phone 192.168.100.200", { types: ["PHONE_NUMBER"] })).toEqual([]);
    expect(found("tel NO9386011117947", { types: ["PHONE_NUMBER"] })).toEqual([]);
    expect(found("tel 4111 1111 1111 1111", { types: ["PHONE_NUMBER"] })).toEqual([]);
  });

  test("an address that begins like a number is one address", () => {
    expect(found("202-555-0143@example.com")).toEqual(["EMAIL 202-555-0143@example.com"]);
    expect(found("a+b@example.com")).toEqual(["EMAIL a+b@example.com"]);
  });

  test("a type that nothing finds is refused when the finder is built", () => {
    expect(() => createFinder({ types: ["EMAIL", "GIVEN_NAME"] })).toThrow(
      /`types` contains "GIVEN_NAME", which nothing finds; give `detect` or `backend`/,
    );
  });
});

describe("limits", () => {
  test.each<[string, string, string]>([
    ["local part", `${repeat(64)}@example.com`, `${repeat(65)}@example.com`],
    ["label", `a@${repeat(63)}.com`, `a@${repeat(64)}.com`],
    [
      "domain",
      `a@${repeat(60, "b.c.")}${repeat(9)}.com`,
      `a@${repeat(60, "b.c.")}${repeat(10)}.com`,
    ],
    ["phone number", "+491234567890123", "+4912345678901234"],
    ["phone number from below", "call 123-4567", "call 123-456"],
    [
      "secret",
      `sk-proj-${repeat(2_048, "aZ")}`.replace("a", "7bcdefghij").slice(0, 8 + 4_096),
      `sk-proj-${repeat(2_049, "aZ")}`.replace("a", "7bcdefghij").slice(0, 8 + 4_097),
    ],
  ])("%s at its limit and one beyond", (_, within, beyond) => {
    expect(found(within)).toHaveLength(1);
    expect(found(beyond)).toEqual([]);
  });

  test("digits without end are no number and are passed at once", () => {
    expect(found(repeat(100_000, "7"))).toEqual([]);
    expect(found(repeat(20_000, "12 34 "))).toEqual([]);
  });

  test("a private key is found whole, cut off, and never beyond its limit", () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${repeat(64, "A")}\n-----END RSA PRIVATE KEY-----`;
    expect(found(`x ${key} y`)).toEqual([`API_KEY ${key}`]);
    expect(found(key.slice(0, 60))).toEqual([`API_KEY ${key.slice(0, 60)}`]);
    expect(found("-----BEGIN CERTIFICATE-----")).toEqual([]);
  });
});

describe("the application's own detector", () => {
  const dashed: Detect = (tokens) =>
    tokens.map((token) => (token.includes("-") ? "DASHED" : undefined));

  test("sees words without the punctuation around them", () => {
    const detect = vi.fn<Detect>(() => []);
    void createFinder({ detect })('He said: "well-done, (really)."');
    expect(detect.mock.calls.map(([tokens]) => tokens)).toEqual([
      ["He"],
      ["said"],
      ["well-done"],
      ["really"],
    ]);
  });

  test("names words and wins over the built-in types", () => {
    const options = { types: ["PHONE_NUMBER", "DASHED"], detect: dashed };
    expect(found("well-done 202-555-0143", options)).toEqual([
      "DASHED well-done",
      "DASHED 202-555-0143",
    ]);
  });

  test("names only what is asked for, unless other types are wanted too", () => {
    expect(found("well-done", { types: ["EMAIL"], detect: dashed })).toEqual([]);
    expect(found("well-done", { types: ["EMAIL"], detect: dashed, otherTypes: true })).toEqual([
      "DASHED well-done",
    ]);
  });

  test("sees as many words at once as it asks for, and one fewer than that in a short text", () => {
    const detect = vi.fn<Detect>(() => []);
    const find = createFinder({ detect, contextWindowSize: 3 });
    void find("a b c d");
    void find("a b");
    expect(detect.mock.calls.map(([tokens]) => tokens.join(""))).toEqual(["abc", "bcd", "ab"]);
  });

  test("the first window that names a word decides", () => {
    const detect: Detect = ([first, second]) => [
      first === "a" ? "A" : undefined,
      second === "b" ? "B" : undefined,
    ];
    expect(found("a b a", { types: ["A", "B"], detect, contextWindowSize: 2 })).toEqual([
      "A a",
      "B b",
    ]);
  });

  test.each([0, MAX_CONTEXT_WINDOW + 1, 1.5, Number.NaN])(
    "a window of %d words is refused",
    (contextWindowSize) => {
      expect(() => createFinder({ contextWindowSize })).toThrow(
        /`contextWindowSize` is .*expected an integer from 1 to 100/,
      );
    },
  );

  test("words above the limit are not shown", () => {
    const detect = vi.fn<Detect>(() => []);
    createFinder({ detect })(repeat(MAX_TOKENS + 1, "x "));
    expect(detect).toHaveBeenCalledTimes(MAX_TOKENS);
  });
});

describe("a backend", () => {
  const naming = (...spans: readonly Span[]): SensitiveInfoBackend => ({ detect: () => spans });
  const name: Span = { start: 0, end: 3, identifiedType: "GIVEN_NAME" };

  test("adds types to those of the scanner", () => {
    expect(
      found("Ada: a@example.com", { types: ["EMAIL", "GIVEN_NAME"], backend: naming(name) }),
    ).toEqual(["GIVEN_NAME Ada", "EMAIL a@example.com"]);
  });

  test("fills only what the scanner leaves", () => {
    const backend = naming({ start: 0, end: 6, identifiedType: "GIVEN_NAME" });
    expect(found("a@example.com", { types: ["EMAIL", "GIVEN_NAME"], backend })).toEqual([
      "EMAIL a@example.com",
    ]);
  });

  test("may answer later", async () => {
    const find = createFinder({ types: ["GIVEN_NAME"], backend: { detect: async () => [name] } });
    expect(await find("Ada")).toEqual([name]);
  });

  test("that fails is the caller's error", async () => {
    const backend: SensitiveInfoBackend = { detect: () => Promise.reject(new Error("no model")) };
    await expect(createFinder({ backend })("x")).rejects.toThrow("no model");
  });

  test("cannot name what is outside the text", () => {
    const odd: readonly Span[] = [
      { ...name, start: -1 },
      { ...name, end: 4 },
      { ...name, start: 2, end: 2 },
      { ...name, start: 0.5 },
      { ...name, end: Number.NaN },
    ];
    expect(found("Ada", { types: ["GIVEN_NAME"], backend: naming(...odd) })).toEqual([]);
  });
});

describe("properties", () => {
  const piece = fc.constantFrom(
    "a@example.com",
    "192.0.2.1",
    "2001:db8::1",
    "4111 1111 1111 1111",
    "+44 20 7946 0018",
    "(202)",
    "555-",
    "::",
    "@",
    "-",
    ".",
    "+",
    "eyJ",
    "-----BEGIN ",
    "PRIVATE KEY-----",
    "DE89",
    "é",
    "\ud800",
    "\n",
    " ",
  );
  const text = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 60 })
    .map((parts) => parts.join(""));

  test("spans are inside the text, in order and without overlaps", () => {
    const find = createFinder({ types: ALL });
    fc.assert(
      fc.property(text, (text) => {
        let end = 0;
        const spans = find(text);
        for (const span of spans instanceof Promise ? [] : spans) {
          expect(span.start >= end && span.end > span.start && span.end <= text.length).toBe(true);
          end = span.end;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("merged spans never overlap, and those of the first list are all kept", () => {
    const span = fc
      .tuple(fc.nat(60), fc.integer({ min: 1, max: 8 }))
      .map(([start, length]): Span => ({ start, end: start + length, identifiedType: "T" }));
    fc.assert(
      fc.property(fc.array(span), fc.array(span), (first, second) => {
        const kept = mergeSpans(first);
        const merged = mergeSpans(first, second);
        expect(merged.every(({ start }, i) => i === 0 || merged[i - 1]!.end <= start)).toBe(true);
        expect(kept.every((span) => merged.includes(span))).toBe(true);
      }),
    );
  });
});
