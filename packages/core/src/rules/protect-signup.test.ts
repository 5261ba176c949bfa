import type { DomainData } from "@arcjet/email";
import { describe, expect, test } from "vitest";
import arcjet from "../arcjet.ts";
import type { Logger } from "../log.ts";
import { fakeRequest } from "../testing.ts";
import { protectSignup, type ProtectSignupOptions } from "./protect-signup.ts";

const note = (): void => {};
const log: Logger = { debug: note, info: note, warn: note, error: note };
const domains: DomainData = {
  disposable: async () => new Set(["throwaway.example"]),
  free: async () => new Set<string>(),
};

const options = {
  rateLimit: { mode: "LIVE", interval: "10m", max: 2 },
  bots: { mode: "LIVE", allow: [] },
  email: { mode: "LIVE", deny: ["INVALID", "DISPOSABLE"], domains },
} as const satisfies ProtectSignupOptions;

const client = () => arcjet({ rules: [protectSignup(options)], log });
const email = "ada@example.com";

test("the rules are a sliding window, bot detection and e-mail validation", () => {
  expect(protectSignup(options).map(({ spec }) => [spec.type, spec.mode])).toEqual([
    ["RATE_LIMIT", "LIVE"],
    ["BOT", "LIVE"],
    ["EMAIL", "LIVE"],
  ]);
});

test("a person with a good address is let in, until there are too many tries", async () => {
  const aj = client();
  for (let tries = 0; tries < 2; tries++)
    expect((await aj.protect(fakeRequest(), { email })).isAllowed()).toBe(true);
  const { reason } = await aj.protect(fakeRequest(), { email });
  expect(reason.isRateLimit()).toBe(true);
});

test("an automated client is denied", async () => {
  const request = fakeRequest({ headers: { "user-agent": "curl/8.5.0" } });
  expect((await client().protect(request, { email })).reason.isBot()).toBe(true);
});

test("a disposable address is denied", async () => {
  const decision = await client().protect(fakeRequest(), { email: "ada@throwaway.example" });
  expect(decision.reason).toMatchObject({ type: "EMAIL", emailTypes: ["DISPOSABLE"] });
});

describe("mistakes", () => {
  test.each<[string, unknown, RegExp]>([
    ["no options", undefined, /`protectSignup` options error: expected object/],
    ["an unknown part", { ...options, shield: {} }, /unknown option `shield`/],
    ["no limit", { ...options, rateLimit: undefined }, /slidingWindow/],
    ["no bot options", { ...options, bots: undefined }, /detectBot/],
    ["no e-mail options", { ...options, email: undefined }, /validateEmail/],
  ])("%s: refused when the rules are built", (_, given, message) => {
    // Callers without types can pass anything.
    expect(() => protectSignup(given as ProtectSignupOptions)).toThrow(message);
  });
});
