// The answer of a server, written field by field, against the general writer of its message.
import { create, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecideResponseSchema } from "../src/gen/decide/v1alpha1/decide_pb.js";
import type { DecisionData } from "../src/index.ts";
import {
  createDecideResponseEncoder,
  decisionToWire,
  encodeDecideResponse,
  FULL,
  PUBLISHED,
  type Dialect,
} from "../src/wire.ts";
import { decision } from "./arbitraries.ts";

const expected = (data: DecisionData, dialect: Dialect = FULL): Uint8Array =>
  toBinary(
    DecideResponseSchema,
    create(DecideResponseSchema, { decision: decisionToWire(data, dialect) }),
  );

const NONE: DecisionData = {
  id: "req_1",
  conclusion: "ALLOW",
  reason: { type: "NONE" },
  results: [],
  ttl: 0,
  ip: {},
  degraded: false,
};

describe("an answer written field by field is, byte for byte, what the message would be", () => {
  const encode = createDecideResponseEncoder();

  test("for every decision, one after another", () => {
    fc.assert(
      fc.property(decision, fc.constantFrom(FULL, PUBLISHED), (given, dialect) => {
        expect(encode(given, dialect)).toEqual(expected(given, dialect));
      }),
      { numRuns: 300 },
    );
  });

  test.each([0, 126, 127, 128, 1_024, 16_384, 2_097_152])(
    "for texts of %d characters",
    (length) => {
      for (const end of ["", "é", "～", "😀"]) {
        const given = { ...NONE, id: "x".repeat(length) + end };
        expect(encode(given)).toEqual(expected(given));
      }
    },
  );

  test("after one that could not be written", () => {
    expect(() => encode({ ...NONE, ttl: -1 })).toThrow(RangeError);
    expect(encode(NONE)).toEqual(expected(NONE));
  });
});

test("an answer keeps its bytes when the next is written, and lies where it was told to", () => {
  const sizes: number[] = [];
  const encode = createDecideResponseEncoder((size) => {
    sizes.push(size);
    return new Uint8Array(size);
  });
  const first = encode(NONE);
  encode({ ...NONE, id: "req_2" });
  expect(first).toEqual(encodeDecideResponse(NONE));
  expect(sizes).toEqual([first.length, first.length]);
});
