import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requestOf } from "../test/request.ts";
import { MIN_BASE64, textsInBase64 } from "./base64.ts";
import { createInspector } from "./inspect.ts";
import { MAX_DEPTH, MAX_VALUE_LENGTH } from "./limits.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const base64url = (text: string) => Buffer.from(text).toString("base64url");

describe("text in base64", () => {
  test.each(["7' or 4=4-- x", "ünïcödé & 漢字", '{"a":"b", "c":[1]}', "???>>>???>>>"])(
    "%j is read in both alphabets, with padding and without",
    (text) => {
      expect(textsInBase64(base64(text))).toEqual([text]);
      expect(textsInBase64(base64(text).replace(/=+$/, ""))).toEqual([text]);
      expect(textsInBase64(base64url(text))).toEqual([text]);
    },
  );

  test("is read of both parts of a JSON Web Token", () => {
    const header = '{"alg":"HS256","kid":"../../../etc/passwd"}';
    const claims = '{"sub":"7"}';
    const token = `${base64url(header)}.${base64url(claims)}.c2lnbmF0dXJl--_x`;
    expect(textsInBase64(token)).toEqual([header, claims]);
  });

  test.each([
    "d41d8cd98f00b204e9800998ecf8427e",
    "550e8400-e29b-41d4-a716-446655440000",
    "CfDJ8NaBcD1xQ2wE3rT4yU5iO6pA7sD8",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf",
    "performance-marketing",
    "2026-11-28T19:47:22Z",
    "17000000000000000",
    "a.b.c",
    "eyJhbGciOiJIUzI1NiJ9.x.y",
  ])("is not seen in %s", (value) => {
    expect(textsInBase64(value)).toEqual([]);
  });

  test("is read from the shortest value to the longest", () => {
    expect(textsInBase64("a".repeat(MIN_BASE64 - 1))).toEqual([]);
    expect(textsInBase64(base64("a".repeat(9)))).toEqual(["a".repeat(9)]);
    const longest = "YWFh".repeat(MAX_VALUE_LENGTH / 4);
    expect(textsInBase64(longest)).toEqual(["a".repeat((MAX_VALUE_LENGTH * 3) / 4)]);
    expect(textsInBase64(`${longest}Y`)).toEqual([]);
  });

  test("is what was encoded, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 9, maxLength: 200 }), (text) => {
        const [read] = textsInBase64(base64(text));
        expect(read === undefined || read === text.replace(/^\ufeff/, "")).toBe(true);
      }),
    );
  });

  test("is read of the bytes that are UTF-8, and of no others", () => {
    const utf8 = new TextDecoder("utf-8", { fatal: true });
    const decoded = (bytes: Uint8Array): readonly string[] => {
      try {
        return [utf8.decode(bytes)];
      } catch {
        return [];
      }
    };
    const telling = "20 41 7e 80 8f 90 9f a0 bf c0 c2 df e0 e1 ed ef f0 f1 f4 f5".split(" ");
    const byte = fc.constantFrom(...telling.map((digits) => Number.parseInt(digits, 16)));
    const character = fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 });
    const part = fc.oneof(
      character.map((text) => [...Buffer.from(text)]),
      byte.map((one) => [one]),
    );
    const bytes = fc.array(part, { minLength: 9, maxLength: 20 }).map((all) => all.flat());
    fc.assert(
      fc.property(bytes, (given) => {
        const value = Buffer.from(given);
        expect(textsInBase64(value.toString("base64"))).toEqual(decoded(value));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("an attack in base64", () => {
  const inspectRequest = createInspector();
  const scoreOf = (target: string, cookie = "") =>
    inspectRequest(requestOf(target, cookie === "" ? {} : { cookie })).score;

  test.each([
    `/a?id=${encodeURIComponent(base64("7' or 4=4-- x"))}`,
    `/a?data=${base64url("<script>alert(7)</script>")}`,
    `/a?state=${base64url('{"q":"7\' union select 4,5-- "}')}`,
    `/a?t=${base64url('{"alg":"x","kid":"../../../etc/passwd"}')}.${base64url('{"a":1}')}.x`,
  ])("is found: %s", (target) => {
    expect(scoreOf(target)).toBeGreaterThanOrEqual(5);
  });

  test("is found in a cookie", () => {
    expect(scoreOf("/a", `s=${base64url('{"u":"7\' or 4=4-- "}')}`)).toBeGreaterThanOrEqual(5);
  });

  test.each([
    `/a?state=${base64url('{"returnTo":"/a?b=c","name":"O\'Hara","csrf":"x--y"}')}`,
    `/a?cursor=${base64url('{"id":7,"created":"2026-11-28T00:00:00Z"}')}`,
    `/a?t=${base64url('{"alg":"HS256"}')}.${base64url('{"name":"Pat O\'Hara; or so"}')}.x`,
    `/a?id=${base64("User:7 or so")}`,
  ])("is not seen in %s", (target) => {
    expect(scoreOf(target)).toBe(0);
  });

  test("is read as deep as values may be, and no deeper", () => {
    const wrapped = (times: number) => {
      let text = "7' or 4=4--";
      for (let round = 0; round < times; round++) text = base64url(text);
      return `/a?id=${text}`;
    };
    expect(scoreOf(wrapped(4))).toBeGreaterThanOrEqual(5);
    expect(scoreOf(wrapped(MAX_DEPTH))).toBeGreaterThanOrEqual(5);
    expect(scoreOf(wrapped(MAX_DEPTH + 1))).toBe(0);
  });
});
