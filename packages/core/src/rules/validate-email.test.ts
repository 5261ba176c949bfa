import type { DomainData, MailRoute } from "@arcjet/email";
import type { EmailType } from "@arcjet/protocol";
import { describe, expect, test } from "vitest";
import arcjet from "../arcjet.ts";
import type { Logger } from "../log.ts";
import { fakeRequest } from "../testing.ts";
import { validateEmail, type ValidateEmailOptions } from "./validate-email.ts";

const note = (): void => {};
const log: Logger = { debug: note, info: note, warn: note, error: note };

const domains: DomainData = {
  disposable: async () => new Set(["throwaway.example"]),
  free: async () => new Set(["free.example"]),
};
const routed = (route: MailRoute) => ({ mailRoutes: { lookup: async () => route } });

function judge(options: ValidateEmailOptions, email: string) {
  const rules = [validateEmail({ mode: "LIVE", domains, ...routed("found"), ...options })] as const;
  return arcjet({ rules, log }).protect(fakeRequest(), { email });
}

type Row = [string, ValidateEmailOptions, string, "ALLOW" | "DENY", readonly EmailType[]];

describe("verdicts", () => {
  test.each<Row>([
    [
      "a listed type is denied",
      { deny: ["DISPOSABLE"] },
      "a@throwaway.example",
      "DENY",
      ["DISPOSABLE"],
    ],
    [
      "another type is reported only",
      { deny: ["DISPOSABLE"] },
      "a@free.example",
      "ALLOW",
      ["FREE"],
    ],
    [
      "a malformed address is INVALID",
      { deny: ["INVALID"] },
      "a b@free.example",
      "DENY",
      ["INVALID"],
    ],
    ["which a list may leave out", { deny: ["FREE"] }, "a b@free.example", "ALLOW", ["INVALID"]],
    ["a role is denied when named", { deny: ["ROLE"] }, "info@corp.example", "DENY", ["ROLE"]],
    [
      "an allow list denies the rest",
      { allow: ["FREE"] },
      "a@throwaway.example",
      "DENY",
      ["DISPOSABLE"],
    ],
    ["and allows what it names", { allow: ["FREE"] }, "a@free.example", "ALLOW", ["FREE"]],
    [
      "and roles, which no list of types knows",
      { allow: [] },
      "info@corp.example",
      "ALLOW",
      ["ROLE"],
    ],
    ["nothing else is refused", { allow: [] }, "ada@corp.example", "ALLOW", []],
    ["a top-level domain is needed", { deny: ["INVALID"] }, "ada@localhost", "DENY", ["INVALID"]],
    [
      "unless that is turned off",
      { deny: ["INVALID"], requireTopLevelDomain: false },
      "ada@localhost",
      "ALLOW",
      [],
    ],
    ["a literal is refused", { deny: ["INVALID"] }, "ada@[192.0.2.1]", "DENY", ["INVALID"]],
    [
      "unless it is allowed",
      { deny: ["INVALID"], allowDomainLiteral: true },
      "ada@[192.0.2.1]",
      "ALLOW",
      [],
    ],
    [
      "the application's own list wins",
      { deny: ["DISPOSABLE"], allowDomains: ["throwaway.example"] },
      "a@throwaway.example",
      "ALLOW",
      [],
    ],
    [
      "either way",
      { deny: ["DISPOSABLE"], denyDomains: ["corp.example"] },
      "a@mail.corp.example",
      "DENY",
      ["DISPOSABLE"],
    ],
  ])("%s", async (_, options, email, conclusion, emailTypes) => {
    const decision = await judge(options, email);
    expect(decision.conclusion).toBe(conclusion);
    expect(decision.results[0]?.reason).toMatchObject({ type: "EMAIL", emailTypes });
  });

  test.each<[ValidateEmailOptions, number]>([
    [{ deny: ["INVALID", "NO_MX_RECORDS", "ROLE"] }, 0],
    [{ deny: ["DISPOSABLE"] }, 2],
    [{ deny: ["FREE"] }, 2],
    [{ allow: ["DISPOSABLE", "FREE"] }, 2],
  ])("of the two lists, %j loads %i", async (options, count) => {
    const loaded: string[] = [];
    const load = (list: string) => async () => {
      loaded.push(list);
      return new Set<string>();
    };
    const counted = { disposable: load("disposable"), free: load("free") };
    await judge({ ...options, domains: counted }, "ada@corp.example");
    expect(loaded).toHaveLength(count);
  });

  test.each<[MailRoute, "ALLOW" | "DENY"]>([
    ["found", "ALLOW"],
    ["none", "DENY"],
    ["unknown", "ALLOW"],
  ])("a domain whose mail route is %s: %s", async (route, conclusion) => {
    const options: ValidateEmailOptions = { deny: ["NO_MX_RECORDS"], ...routed(route) };
    expect((await judge(options, "ada@corp.example")).conclusion).toBe(conclusion);
  });

  test.each<[number, "ALLOW" | "DENY"]>([
    [200, "ALLOW"],
    [404, "DENY"],
    [503, "ALLOW"],
  ])("gravatar.com answering %i: %s", async (status, conclusion) => {
    const fetch = async () => ({ status, json: async () => undefined });
    const decision = await judge({ deny: ["NO_GRAVATAR"], fetch }, "ada@corp.example");
    expect(decision.conclusion).toBe(conclusion);
  });

  test("nobody is asked about an address unless a list names the type", async () => {
    const asked = () => {
      throw new Error("asked");
    };
    const options = { mailRoutes: { lookup: asked }, fetch: asked };
    for (const email of ["ada@corp.example", "a@throwaway.example", "junk"])
      expect((await judge({ deny: ["DISPOSABLE"], ...options }, email)).isErrored()).toBe(false);
  });

  test("a likely typo is suggested and denies nothing", async () => {
    const decision = await judge({ deny: ["INVALID", "DISPOSABLE"] }, "ada@gmial.com");
    expect(decision.conclusion).toBe("ALLOW");
    expect(decision.results[0]?.reason).toMatchObject({ suggestion: "ada@gmail.com" });
  });

  test("lists that cannot be loaded are an error, and not a denial", async () => {
    const broken = { ...domains, disposable: () => Promise.reject(new Error("offline")) };
    const decision = await judge({ deny: ["DISPOSABLE"], domains: broken }, "a@b.example");
    expect(decision.conclusion).toBe("ERROR");
  });
});

describe("mistakes", () => {
  test("an address that is no text says what to pass", async () => {
    // Callers without types can pass anything.
    const { reason } = await judge({ deny: [] }, 7 as unknown as string);
    expect(reason).toMatchObject({ message: expect.stringContaining("`email`") });
  });

  test.each<[string, unknown, RegExp]>([
    ["neither list", {}, /either `allow` or `deny`/],
    ["both lists", { allow: [], deny: [] }, /cannot be provided together/],
    ["an unknown type", { deny: ["BLOCKED"] }, /"BLOCKED".*NO_GRAVATAR/],
    ["an option that was removed", { deny: [], block: [] }, /unknown option `block`/],
    ["a flag that is none", { deny: [], allowDomainLiteral: 1 }, /allowDomainLiteral/],
    ["a domain that is none", { deny: [], denyDomains: ["a b"] }, /denyDomains/],
  ])("%s: refused when the rule is built", (_, options, message) => {
    // Callers without types can pass anything.
    expect(() => validateEmail(options as ValidateEmailOptions)).toThrow(message);
  });

  test("the rule is described with its defaults", () => {
    expect(validateEmail({ deny: ["INVALID"], domains })).toMatchObject({
      spec: {
        type: "EMAIL",
        mode: "DRY_RUN",
        deny: ["INVALID"],
        requireTopLevelDomain: true,
        allowDomainLiteral: false,
      },
      reads: ["email"],
    });
  });
});
