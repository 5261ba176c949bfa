import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { EmailClassifierOptions, EmailType } from "./classification.ts";
import { createEmailClassifier } from "./classify.ts";
import type { DomainData } from "./domain-list.ts";
import type { Fetch, MailRoute, MailRoutes } from "./ports.ts";

const domains: DomainData = {
  disposable: async () => new Set(["throwaway.example", "both.example"]),
  free: async () => new Set(["free.example", "both.example"]),
};
const answering =
  (status: number): Fetch =>
  async () => ({ status, json: async () => undefined });

async function typesOf(
  address: string,
  options: EmailClassifierOptions = {},
): Promise<readonly EmailType[]> {
  return (await createEmailClassifier({ domains, ...options }).classify(address)).types;
}

describe("types from syntax and lists", () => {
  test.each<[string, readonly EmailType[]]>([
    ["ada@example.com", []],
    ["ada@example", ["INVALID"]],
    ["ada@throwaway.example", ["DISPOSABLE"]],
    ["ada@mx.throwaway.example", ["DISPOSABLE"]],
    ["ada@Throwaway.Example", ["DISPOSABLE"]],
    ["ada@ｔhrowaway.example", ["INVALID"]],
    ["ada@free.example", ["FREE"]],
    ["ada@sub.free.example", []],
    ["ada@both.example", ["DISPOSABLE"]],
    ["info@free.example", ["FREE", "ROLE"]],
  ])("%s is %j", async (address, types) => {
    expect(await typesOf(address)).toEqual(types);
  });

  test("only what was asked for is found, and INVALID always", async () => {
    expect(await typesOf("info@throwaway.example", { types: ["FREE"] })).toEqual([]);
    expect(await typesOf("info", { types: ["FREE"] })).toEqual(["INVALID"]);
  });

  test("a literal is neither disposable nor without mail", async () => {
    const lookup = vi.fn<MailRoutes["lookup"]>(() => "none");
    const options = {
      allowDomainLiteral: true,
      types: ["DISPOSABLE", "NO_MX_RECORDS"],
      mailRoutes: { lookup },
    } satisfies EmailClassifierOptions;
    expect(await typesOf("ada@[192.0.2.1]", options)).toEqual([]);
    expect(lookup).not.toHaveBeenCalled();
  });

  test("a likely typo is suggested and denies nothing", async () => {
    const { suggestion, types } = await createEmailClassifier({ domains }).classify(
      "A.b@gmial.com",
    );
    expect({ suggestion, types }).toEqual({ suggestion: "A.b@gmail.com", types: [] });
  });
});

describe("lists of the application", () => {
  test.each<[string, EmailClassifierOptions, readonly EmailType[]]>([
    ["ada@throwaway.example", { allowDomains: ["throwaway.example"] }, []],
    ["ada@mx.throwaway.example", { allowDomains: ["throwaway.example"] }, []],
    ["ada@free.example", { allowDomains: ["free.example"] }, []],
    ["ada@free.example", { denyDomains: ["free.example"] }, ["DISPOSABLE"]],
    ["ada@x.corp.example", { denyDomains: ["corp.example"] }, ["DISPOSABLE"]],
    [
      "ada@ok.corp.example",
      { denyDomains: ["corp.example"], allowDomains: ["ok.corp.example"] },
      [],
    ],
    [
      "ada@no.corp.example",
      { allowDomains: ["corp.example"], denyDomains: ["no.corp.example"] },
      ["DISPOSABLE"],
    ],
    ["ada@bücher.example", { denyDomains: ["BÜCHER.example"] }, ["DISPOSABLE"]],
  ])("%s with %j is %j", async (address, options, types) => {
    expect(await typesOf(address, options)).toEqual(types);
  });

  test.each<[EmailClassifierOptions, RegExp]>([
    [
      { allowDomains: ["not a domain"] },
      /`allowDomains` contains "not a domain", expected a domain/,
    ],
    [
      { denyDomains: ["a.example"], allowDomains: ["A.example"] },
      /both contain "a.example"; remove/,
    ],
    // @ts-expect-error -- a type that does not exist
    [{ types: ["BLOCKED"] }, /`types` contains "BLOCKED", expected any of INVALID/],
  ])("%j is refused when the classifier is built", (options, message) => {
    expect(() => createEmailClassifier(options)).toThrow(message);
  });
});

describe("waiting", () => {
  test("nothing waits once the lists are loaded", async () => {
    const classifier = createEmailClassifier({ domains });
    expect(classifier.classify("ada@free.example")).toBeInstanceOf(Promise);
    await classifier.load();
    expect(classifier.classify("ada@free.example")).toMatchObject({ types: ["FREE"] });
  });

  test("syntax alone never waits and loads nothing", async () => {
    const disposable = vi.fn<DomainData["disposable"]>(domains.disposable);
    const classifier = createEmailClassifier({
      types: ["INVALID"],
      domains: { ...domains, disposable },
    });
    await classifier.load();
    expect(classifier.classify("ada@example.com")).toMatchObject({ types: [] });
    expect(disposable).not.toHaveBeenCalled();
  });

  test("the lists are loaded once for many addresses", async () => {
    const disposable = vi.fn<DomainData["disposable"]>(domains.disposable);
    const { classify } = createEmailClassifier({ domains: { ...domains, disposable } });
    await Promise.all([classify("a@a.example"), classify("b@b.example"), classify("c@c.example")]);
    expect(disposable).toHaveBeenCalledTimes(1);
  });

  test("a list that did not load is tried again", async () => {
    const disposable = vi
      .fn<DomainData["disposable"]>(domains.disposable)
      .mockRejectedValueOnce(new Error("offline"));
    const { classify } = createEmailClassifier({ domains: { ...domains, disposable } });
    await expect(classify("a@throwaway.example")).rejects.toThrow("offline");
    expect(await classify("a@throwaway.example")).toMatchObject({ types: ["DISPOSABLE"] });
  });

  test("a route that is remembered is answered without a promise", async () => {
    const classifier = createEmailClassifier({
      domains,
      types: ["NO_MX_RECORDS"],
      mailRoutes: { lookup: () => "none" },
    });
    expect(classifier.classify("ada@example.com")).toMatchObject({ types: ["NO_MX_RECORDS"] });
  });
});

describe("look-ups", () => {
  test.each<[MailRoute, readonly EmailType[], readonly EmailType[]]>([
    ["found", [], []],
    ["none", ["NO_MX_RECORDS"], []],
    ["unknown", [], ["NO_MX_RECORDS"]],
  ])("a route that is %s gives %j, and leaves %j open", async (route, types, unknown) => {
    const { classify } = createEmailClassifier({
      domains,
      types: ["NO_MX_RECORDS"],
      mailRoutes: { lookup: async () => route },
    });
    expect(await classify("ada@example.com")).toMatchObject({ types, unknown });
  });

  test.each<[number, readonly EmailType[], readonly EmailType[]]>([
    [200, [], []],
    [404, ["NO_GRAVATAR"], []],
    [503, [], ["NO_GRAVATAR"]],
  ])("gravatar.com answering %i gives %j, and leaves %j open", async (status, types, unknown) => {
    const { classify } = createEmailClassifier({
      domains,
      types: ["NO_GRAVATAR"],
      fetch: answering(status),
    });
    expect(await classify("ada@example.com")).toMatchObject({ types, unknown });
  });

  test("gravatar.com is asked for the hash of the address in lower case, and only when asked for", async () => {
    const fetch = vi.fn<Fetch>(answering(200));
    await createEmailClassifier({ domains, fetch }).classify("Ada@Example.com");
    expect(fetch).not.toHaveBeenCalled();
    await createEmailClassifier({ domains, fetch, types: ["NO_GRAVATAR"] }).classify(
      "Ada@Example.com",
    );
    const hash = createHash("sha256").update("ada@example.com").digest("hex");
    expect(fetch.mock.calls[0]?.[0]).toBe(`https://gravatar.com/avatar/${hash}?d=404`);
  });

  test("gravatar.com is asked once for an address that comes a thousand times, at once and again", async () => {
    const fetch = vi.fn<Fetch>(answering(404));
    const { classify } = createEmailClassifier({ domains, fetch, types: ["NO_GRAVATAR"] });
    const spellings = ["ada@example.com", "Ada@example.com", "ADA@EXAMPLE.COM"];
    await Promise.all(Array.from({ length: 999 }, (_, i) => classify(spellings[i % 3]!)));
    expect(await classify("ada@example.com")).toMatchObject({ types: ["NO_GRAVATAR"] });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

test("no text makes a loaded classifier throw or wait", async () => {
  const classifier = createEmailClassifier({ domains });
  await classifier.load();
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      expect(classifier.classify(text)).toHaveProperty("types");
    }),
  );
});
