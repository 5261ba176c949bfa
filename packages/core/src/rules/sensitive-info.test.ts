import { describe, expect, test } from "vitest";
import arcjet from "../arcjet.ts";
import type { Logger } from "../log.ts";
import type { DecisionRecord } from "../sink.ts";
import { fakeRequest } from "../testing.ts";
import { MAX_SENSITIVE_TEXT, sensitiveInfo, type SensitiveInfoOptions } from "./sensitive-info.ts";

const MAIL = "ada@example.com";

function judge(options: SensitiveInfoOptions, sensitiveInfoValue?: string) {
  const said: unknown[] = [];
  const note = (...words: readonly unknown[]): void => void said.push(words);
  const log: Logger = { debug: note, info: note, warn: note, error: note };
  const records: DecisionRecord[] = [];
  const rules = [sensitiveInfo({ mode: "LIVE", ...options })] as const;
  const aj = arcjet({ rules, log, sinks: [(record) => void records.push(record)] });
  const props = sensitiveInfoValue === undefined ? {} : { sensitiveInfoValue };
  return { decision: aj.protect(fakeRequest(), props), said, records };
}

describe("verdicts", () => {
  test.each<[string, SensitiveInfoOptions, string, "ALLOW" | "DENY"]>([
    ["a listed type is denied", { deny: ["EMAIL"] }, `Write to ${MAIL}`, "DENY"],
    ["another type is not", { deny: ["PHONE_NUMBER"] }, `Write to ${MAIL}`, "ALLOW"],
    ["a type that is not allowed is denied", { allow: ["EMAIL"] }, "Call 202-555-0143", "DENY"],
    ["an allowed one is not", { allow: ["EMAIL"] }, `Write to ${MAIL}`, "ALLOW"],
    ["an empty allow list denies every type", { allow: [] }, "from 192.0.2.7", "DENY"],
    ["an empty deny list denies none", { deny: [] }, "from 192.0.2.7", "ALLOW"],
    ["opt-in types are looked for when named", { deny: ["US_SSN"] }, "SSN: 123-45-6789", "DENY"],
    ["and only then", { allow: [] }, "SSN: 123-45-6789", "ALLOW"],
    ["a text with nothing in it is allowed", { allow: [] }, "", "ALLOW"],
  ])("%s", async (_, options, text, conclusion) => {
    expect((await judge(options, text).decision).conclusion).toBe(conclusion);
  });

  test("the reason names types and places, and never the text", async () => {
    const { decision } = judge({ deny: ["EMAIL"] }, `From 192.0.2.7: ${MAIL}`);
    const { reason } = await decision;
    expect(JSON.parse(JSON.stringify(reason))).toEqual({
      type: "SENSITIVE_INFO",
      allowed: [{ start: 5, end: 14, identifiedType: "IP_ADDRESS" }],
      denied: [{ start: 16, end: 31, identifiedType: "EMAIL" }],
    });
  });
});

describe("what the application adds", () => {
  test("its own detector names types of its own", async () => {
    const options = {
      deny: ["CODENAME"],
      detect: (words: string[]) => words.map((word) => (word === "zebra" ? "CODENAME" : undefined)),
    } satisfies SensitiveInfoOptions;
    expect((await judge(options, "ship zebra today").decision).isDenied()).toBe(true);
    expect((await judge(options, "ship it today").decision).isDenied()).toBe(false);
  });

  test("the detector sees as many words at once as asked for", async () => {
    const seen: number[] = [];
    const detect = (words: string[]) => words.map(() => void seen.push(words.length));
    await judge({ deny: [], detect, contextWindowSize: 2 }, "one two three").decision;
    expect(new Set(seen)).toEqual(new Set([2]));
  });

  test.each([
    ["at once", () => [{ start: 0, end: 3, identifiedType: "GIVEN_NAME" }]],
    ["later", async () => [{ start: 0, end: 3, identifiedType: "GIVEN_NAME" }]],
  ])("a backend answers %s", async (_, detect) => {
    const { decision } = judge({ deny: ["GIVEN_NAME"], backend: { detect } }, "Ada wrote");
    expect((await decision).isDenied()).toBe(true);
  });
});

describe("privacy", () => {
  const quoting = (text: string): never => {
    throw new Error(`cannot read ${text}`);
  };
  test.each<[string, Pick<SensitiveInfoOptions, "detect" | "backend">]>([
    ["a detector that throws", { detect: ([word]) => quoting(word ?? "") }],
    ["a backend that throws", { backend: { detect: quoting } }],
    ["a backend that rejects", { backend: { detect: async (text) => quoting(text) } }],
  ])("%s is an error that does not quote the text", async (_, extra) => {
    const { decision, said, records } = judge({ deny: ["EMAIL"], ...extra }, `to ${MAIL}`);
    expect(await decision).toMatchObject({ conclusion: "ERROR" });
    expect((await decision).reason).toMatchObject({ message: expect.stringContaining("Error") });
    expect(JSON.stringify([await decision, said, records])).not.toContain(MAIL);
  });

  test("neither log nor sinks see a text that is denied", async () => {
    const { decision, said, records } = judge({ deny: ["EMAIL"] }, `to ${MAIL}`);
    expect((await decision).isDenied()).toBe(true);
    expect(records).toHaveLength(1);
    expect(JSON.stringify([said, records])).not.toContain(MAIL);
  });
});

describe("limits and mistakes", () => {
  test("a text is looked through up to a limit, and beyond it nothing found is an error", async () => {
    const at = (length: number, end: string) => " ".repeat(length - end.length) + end;
    const found = await judge({ deny: ["EMAIL"] }, at(MAX_SENSITIVE_TEXT, MAIL)).decision;
    expect(found.conclusion).toBe("DENY");
    const missed = await judge({ deny: ["EMAIL"] }, at(MAX_SENSITIVE_TEXT + 20, MAIL)).decision;
    expect(missed).toMatchObject({ conclusion: "ERROR" });
    const begins = await judge({ deny: ["EMAIL"] }, MAIL + at(MAX_SENSITIVE_TEXT + 1, " "))
      .decision;
    expect(begins.conclusion).toBe("DENY");
  });

  test("without a text the rule says what to pass", async () => {
    const { reason } = await judge({ deny: [] }).decision;
    expect(reason).toMatchObject({ message: expect.stringContaining("sensitiveInfoValue") });
  });

  test.each<[string, unknown, RegExp]>([
    ["neither list", {}, /either `allow` or `deny`/],
    ["both lists", { allow: [], deny: [] }, /cannot be provided together/],
    ["a type nobody finds", { deny: ["NAME"] }, /"NAME".*`detect` or `backend`/],
    ["a detector that is none", { deny: [], detect: true }, /`detect`.*a function/],
    ["a backend that is none", { deny: [], backend: {} }, /backend/],
    ["no window", { deny: [], contextWindowSize: 0 }, /contextWindowSize/],
    ["a window too wide", { deny: [], contextWindowSize: 101 }, /contextWindowSize/],
    ["an unknown option", { deny: [], entities: [] }, /unknown option `entities`/],
  ])("%s: refused when the rule is built", (_, options, message) => {
    // Callers without types can pass anything.
    expect(() => sensitiveInfo(options as SensitiveInfoOptions)).toThrow(message);
  });
});
