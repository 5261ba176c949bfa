import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact, redactSync } from "./redact.ts";

describe("redact", () => {
  test("replaces what is found and puts it back", async () => {
    const text = "Write to ada@example.com or call 202-555-0143.";
    const [redacted, unredact] = await redact(text);
    expect(redacted).toBe("Write to <Redacted email #0> or call <Redacted phone-number #1>.");
    expect(unredact(redacted)).toBe(text);
    expect(unredact("Sent to <Redacted email #0>, twice: <Redacted email #0>.")).toBe(
      "Sent to ada@example.com, twice: ada@example.com.",
    );
  });

  test("the same text gets the same placeholder", () => {
    expect(redactSync("a@example.com b@example.com a@example.com")[0]).toBe(
      "<Redacted email #0> <Redacted email #1> <Redacted email #0>",
    );
  });

  test("only the entities that are named are replaced, under their documented names", () => {
    const text = "a@example.com 192.0.2.1 4111 1111 1111 1111";
    expect(redactSync(text, { entities: ["credit-card-number", "ip-address"] })[0]).toBe(
      "a@example.com <Redacted ip-address #0> <Redacted credit-card-number #1>",
    );
  });

  test("entities of the application's own keep their names", () => {
    const [redacted, unredact] = redactSync("send 3 falcons", {
      entities: ["bird"],
      detect: (tokens) => tokens.map((token) => (token === "falcons" ? "bird" : undefined)),
    });
    expect([redacted, unredact(redacted)]).toEqual(["send 3 <Redacted bird #0>", "send 3 falcons"]);
  });

  test("a detector may name a built-in entity", () => {
    const [redacted] = redactSync("call extension-7", {
      entities: ["phone-number"],
      detect: (tokens) =>
        tokens.map((token) => (token.startsWith("extension") ? "phone-number" : undefined)),
    });
    expect(redacted).toBe("call <Redacted phone-number #0>");
  });

  test("the replacement can be chosen, and the default is used where it is not", () => {
    const [redacted, unredact] = redactSync("a@example.com 192.0.2.1", {
      replace: (entity, plaintext) =>
        entity === "email" ? `[${plaintext.length} characters]` : undefined,
    });
    expect(redacted).toBe("[13 characters] <Redacted ip-address #1>");
    expect(unredact(redacted)).toBe("a@example.com 192.0.2.1");
  });

  test("different texts never share a placeholder that is put back", () => {
    const [redacted, unredact] = redactSync("a@example.com b@example.com", {
      replace: () => "***",
    });
    expect([redacted, unredact(redacted)]).toEqual(["*** ***", "*** ***"]);
  });

  test.each([
    "<Redacted email #0> and a@example.com",
    "<Redacted email #0-1> <Redacted email #0-3> and a@example.com",
    "a@example.com <Redacted email #0-2>-1> <Redacted email #0-01>",
  ])("a placeholder that the text already contains is not taken for one: %s", (text) => {
    const [redacted, unredact] = redactSync(text);
    expect(redacted).not.toBe(text);
    expect(unredact(redacted)).toBe(text);
  });

  test("a backend's spans are replaced too", async () => {
    const [redacted] = await redact("Ada wrote", {
      entities: ["given-name"],
      backend: { detect: async () => [{ start: 0, end: 3, identifiedType: "given-name" }] },
    });
    expect(redacted).toBe("<Redacted given-name #0> wrote");
  });

  test("an entity that nothing finds is refused", () => {
    expect(() => redactSync("x", { entities: ["given-name"] })).toThrow(
      /"given-name", which nothing finds/,
    );
  });
});

test("every text comes back as it was", () => {
  const piece = fc.constantFrom(
    "a@example.com",
    "192.0.2.1",
    "$&",
    "<Redacted email #0>",
    "<Redacted email #1-1>",
    "-2>",
    "(202) 555-0143",
    " ",
    "x",
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 20 }),
      (parts) => {
        const text = parts.join("");
        const [redacted, unredact] = redactSync(text);
        expect(unredact(redacted)).toBe(text);
      },
    ),
  );
});
