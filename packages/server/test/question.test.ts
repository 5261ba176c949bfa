// The reader of ordinary questions against the general one: they read the same, or the ordinary one lets go.
import { DecideRequestSchema, RequestDetailsSchema, ruleToWire } from "@arcjet/protocol/wire";
import { create, fromBinary, toBinary, toJson } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RpcError } from "../src/rpc/code.ts";
import { questionOf, readOrdinary, readQuestion, type Question } from "../src/rpc/question.ts";
import { Unusual } from "../src/rpc/reader.ts";

const text = fc.string({ unit: "binary", maxLength: 40 });
// What becomes of a key named __proto__ has a test of its own.
const name = text.filter((key) => key !== "__proto__");
const texts = fc.dictionary(name, text, { maxKeys: 6, noNullPrototype: true });
const rule = fc
  .record({ max: fc.nat(), window: fc.nat(), live: fc.boolean(), names: fc.array(text) })
  .map(({ max, window, live, names }) =>
    ruleToWire({
      type: "RATE_LIMIT",
      algorithm: "FIXED_WINDOW",
      mode: live ? "LIVE" : "DRY_RUN",
      characteristics: names,
      max,
      window,
      anchor: "first",
    }),
  );
const details = fc.record({
  ip: text,
  method: text,
  protocol: text,
  host: text,
  path: text,
  headers: texts,
  body: fc.uint8Array({ maxLength: 10 }),
  extra: texts,
  email: text,
  cookies: text,
  query: text,
  correlationId: text,
  httpVersion: text,
  provenance: text,
  repeatedHeaders: fc.array(text, { maxLength: 3 }),
  ignoreCase: fc.boolean(),
  clientKey: text,
});
const request = fc
  .record(
    {
      sdkVersion: text,
      details,
      rules: fc.array(rule, { maxLength: 3 }),
      characteristics: fc.array(text, { maxLength: 3 }),
      metadataJson: texts,
      dialect: fc.nat({ max: 3 }),
      local: fc.array(
        fc.record({ index: fc.nat({ max: 9 }), findings: fc.array(fc.nat(), { maxLength: 3 }) }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  )
  .map((init) => create(DecideRequestSchema, init));

/** What a question holds, without how it was read. */
function shown({ details, characteristics, dialect, local, rules, ruleCount }: Question) {
  const message = create(DecideRequestSchema, { characteristics, dialect, local, rules: rules() });
  if (details) message.details = create(RequestDetailsSchema, { ...details });
  return { ruleCount, message: toJson(DecideRequestSchema, message) };
}

const general = (bytes: Uint8Array): Question => questionOf(fromBinary(DecideRequestSchema, bytes));

function outcome(bytes: Uint8Array): string {
  try {
    readQuestion("proto", bytes).rules();
    return "read";
  } catch (cause) {
    return cause instanceof RpcError ? "refused" : String(cause);
  }
}

describe("the ordinary reader", () => {
  test("reads every question as the general one does", () => {
    fc.assert(
      fc.property(request, (message) => {
        const bytes = toBinary(DecideRequestSchema, message);
        expect(shown(readOrdinary(bytes))).toEqual(shown(general(bytes)));
      }),
      { numRuns: 500 },
    );
  });

  // The two may read a damaged message differently: the general reader reads on beyond the end of an entry, and
  // complains of what is not needed here.
  test("reads a question that was damaged, or refuses it", () => {
    const damage = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }), cut: fc.nat() });
    fc.assert(
      fc.property(request, fc.array(damage, { minLength: 1, maxLength: 3 }), (message, damages) => {
        let bytes = toBinary(DecideRequestSchema, message);
        for (const { at, byte, cut } of damages) {
          if (bytes.length === 0) break;
          bytes[at % bytes.length] = byte;
          if (cut % 4 === 0) bytes = bytes.slice(0, cut % bytes.length);
        }
        expect(outcome(bytes)).toMatch(/^(read|refused)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test("knows a list of rules again by its bytes, and no other", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 3 }), fc.array(rule, { maxLength: 3 }), (a, b) => {
        const keyOf = (rules: typeof a) =>
          readOrdinary(toBinary(DecideRequestSchema, create(DecideRequestSchema, { rules })))
            .rulesKey;
        expect(keyOf(a) === keyOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  test.each<[string, number[]]>([
    ["a field number 0", [0x00, 0x00]],
    ["the end of a group", [0x0c]],
    ["a varint of eleven bytes", [0x08, ...Array<number>(10).fill(0x80), 0x01]],
    ["a length beyond the end", [0x22, 0x05, 0x0a]],
    ["text that is no UTF-8", [0x22, 0x03, 0x0a, 0x01, 0xff]],
    ["a rule of another wire type", [0x28, 0x01]],
    ["an entry of another wire type", [0x22, 0x02, 0x30, 0x01]],
  ])("lets go of %s, which is refused", (_, bytes) => {
    expect(() => readOrdinary(Uint8Array.from(bytes))).toThrow(Unusual);
    expect(() => readQuestion("proto", Uint8Array.from(bytes))).toThrow(RpcError);
  });

  test("lets go of a header named __proto__ and of two details, which are read all the same", () => {
    const one = toBinary(
      DecideRequestSchema,
      create(DecideRequestSchema, { details: { ip: "8.8.8.8" } }),
    );
    const twice = Buffer.concat([one, one]);
    expect(() => readOrdinary(twice)).toThrow(Unusual);
    expect(readQuestion("proto", twice).details?.ip).toBe("8.8.8.8");
    const key = Buffer.from("__proto__");
    const entry = Buffer.concat([Buffer.from([0x0a, key.length]), key]);
    const field = Buffer.concat([Buffer.from([0x32, entry.length]), entry]);
    const bytes = Buffer.concat([Buffer.from([0x22, field.length]), field]);
    expect(() => readOrdinary(bytes)).toThrow(Unusual);
    expect(readQuestion("proto", bytes).details).toBeDefined();
  });

  test("leaves a rule that is none to be refused when its list is made", () => {
    const question = readOrdinary(Uint8Array.from([0x2a, 0x01, 0xff]));
    expect(() => question.rules()).toThrow(RpcError);
  });
});
