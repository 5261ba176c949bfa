import {
  create,
  fromBinary,
  fromJson,
  toBinary,
  toJson,
  type DescMessage,
  type MessageShape,
} from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DecisionSchema,
  EmailType,
  IpDetailsSchema,
  Mode,
  type RateLimitAlgorithm,
  ReasonSchema,
  RuleResultSchema,
  RuleSchema,
} from "../src/gen/decide/v1alpha1/decide_pb.js";
import {
  decisionFromWire,
  decisionToWire,
  detailsFromWire,
  detailsToWire,
  FULL,
  ipFromWire,
  ipToWire,
  MAX_DETAIL_LENGTH,
  MAX_METADATA_LENGTH,
  MAX_PROPERTIES,
  MAX_PROPERTY_LENGTH,
  metadataToWire,
  PUBLISHED,
  reasonFromWire,
  reasonToWire,
  resultFromWire,
  resultToWire,
  ruleFromWire,
  ruleToWire,
} from "../src/wire.ts";
import { decision, facts, reason, result, spec } from "./arbitraries.ts";

// A number that a later version of the schema may name.
const FUTURE = 99 as RateLimitAlgorithm;

function overBinary<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>) {
  return fromBinary(schema, toBinary(schema, message));
}
function overJson<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>) {
  return fromJson(schema, toJson(schema, message));
}

describe("what is sent arrives, in binary and in JSON", () => {
  test("every rule", () => {
    fc.assert(
      fc.property(spec, (given) => {
        const message = ruleToWire(given);
        expect(ruleFromWire(overBinary(RuleSchema, message))).toEqual(given);
        expect(ruleFromWire(overJson(RuleSchema, message))).toEqual(given);
      }),
    );
  });

  test("every reason", () => {
    fc.assert(
      fc.property(reason, (given) => {
        const message = reasonToWire(given, FULL);
        expect(reasonFromWire(overBinary(ReasonSchema, message))).toEqual(given);
        expect(reasonFromWire(overJson(ReasonSchema, message))).toEqual(given);
      }),
    );
  });

  test("every fact about an address, false and 0 included", () => {
    fc.assert(
      fc.property(facts, (given) => {
        expect(ipFromWire(overBinary(IpDetailsSchema, ipToWire(given)))).toEqual(given);
      }),
    );
  });

  test("every result", () => {
    fc.assert(
      fc.property(result, (given) => {
        expect(resultFromWire(overBinary(RuleResultSchema, resultToWire(given)))).toEqual(given);
      }),
    );
  });

  test("every decision", () => {
    fc.assert(
      fc.property(decision, (given) => {
        const message = decisionToWire(given);
        expect(decisionFromWire(overBinary(DecisionSchema, message))).toEqual(given);
        expect(decisionFromWire(overJson(DecisionSchema, message))).toEqual(given);
      }),
    );
  });
});

describe("what published clients send and can read", () => {
  test("a rule without lists is one with an empty allow list", () => {
    const message = create(RuleSchema, { rule: { case: "botV2", value: { mode: Mode.LIVE } } });
    expect(ruleFromWire(message)).toMatchObject({ type: "BOT", mode: "LIVE", allow: [] });
  });

  test("a limiter without an algorithm is a fixed window", () => {
    const message = create(RuleSchema, {
      rule: { case: "rateLimit", value: { mode: Mode.LIVE, max: 3, windowInSeconds: 60 } },
    });
    expect(ruleFromWire(message)).toEqual({
      type: "RATE_LIMIT",
      algorithm: "FIXED_WINDOW",
      mode: "LIVE",
      characteristics: [],
      max: 3,
      window: 60,
      anchor: "first",
    });
  });

  test("a mode other than LIVE is a dry run", () => {
    const message = create(RuleSchema, { rule: { case: "shield", value: {} } });
    expect(ruleFromWire(message)).toEqual({
      type: "SHIELD",
      mode: "DRY_RUN",
      threshold: 5,
      window: 600,
      blockFor: 600,
    });
  });

  test("the old name of an e-mail rule's deny list is read", () => {
    const message = create(RuleSchema, {
      rule: { case: "email", value: { block: [EmailType.FREE] } },
    });
    expect(ruleFromWire(message)).toMatchObject({ deny: ["FREE"] });
  });

  test("rules and algorithms that are unknown have no spec", () => {
    expect(ruleFromWire(create(RuleSchema))).toBeUndefined();
    expect(ruleFromWire(create(RuleSchema, { rule: { case: "bots", value: {} } }))).toBeUndefined();
    const algorithm = create(RuleSchema, {
      rule: { case: "rateLimit", value: { algorithm: FUTURE } },
    });
    expect(ruleFromWire(algorithm)).toBeUndefined();
  });

  test("an e-mail type they have no name for is not sent to them", () => {
    const given = { type: "EMAIL", emailTypes: ["ROLE", "FREE"] } as const;
    expect(reasonFromWire(reasonToWire(given, PUBLISHED))).toEqual({
      type: "EMAIL",
      emailTypes: ["FREE"],
    });
  });

  test("reasons of an earlier kind are errors that say so", () => {
    const message = create(ReasonSchema, { reason: { case: "bot", value: { botScore: 3 } } });
    expect(reasonFromWire(message)).toMatchObject({ type: "ERROR" });
  });

  test.each([
    [
      "the rule that was asked about",
      { type: "FILTER", mode: "LIVE", deny: ["ip.src.tor"] } as const,
      "FILTER",
    ],
    ["the reason, where no rule is known", undefined, "SHIELD"],
  ])("a result without a type takes it from %s", (_, asked, type) => {
    const message = create(RuleResultSchema, {
      reason: { reason: { case: "shield", value: {} } },
    });
    expect(resultFromWire(message, asked).type).toBe(type);
  });

  test("an unspecified state or conclusion is never an allowance", () => {
    const read = resultFromWire(create(RuleResultSchema));
    expect([read.state, read.conclusion]).toEqual(["NOT_RUN", "ERROR"]);
  });
});

describe("a request on the wire", () => {
  const request = {
    ip: "93.184.216.34",
    provenance: "direct",
    clientKey: "93.184.216.34",
    method: "POST",
    protocol: "https:",
    host: "example.com",
    httpVersion: "1.1",
    path: "/a%20b",
    query: "?x=1",
    cookies: "sid=1",
    headers: {
      entries: () =>
        [
          ["host", "example.com"],
          ["Cookie", "sid=1"],
          ["x-tag", "a"],
          ["x-tag", "b"],
        ] as const,
    },
  };

  test("arrives as it was sent, cookies apart and repeated fields joined", () => {
    const message = detailsToWire({
      ignoreCase: true,
      request,
      props: { email: "a@b.example", userId: 7 },
    });
    const { headers, repeatedHeaders, props, ...rest } = detailsFromWire(message);
    const { headers: _, ...plain } = request;
    expect(rest).toEqual({ ...plain, ignoreCase: true, body: undefined });
    expect([...headers]).toEqual([
      ["host", "example.com"],
      ["x-tag", "a, b"],
    ]);
    expect(repeatedHeaders).toEqual(["x-tag"]);
    expect(props).toEqual({ email: "a@b.example", userId: "7" });
  });

  test.each([
    ["a text that is searched for secrets", "sensitiveInfoValue", "secret", "<redacted>"],
    ["local values", "filterLocal", { a: "secret" }, "<redacted>"],
    ["a prompt", "detectPromptInjectionMessage", "secret", "<redacted>"],
    ["a body", "body", { password: "secret" }, "<redacted>"],
    ["an object", "thing", { a: 1 }, "<unsupported value>"],
    ["a flag", "flag", true, "true"],
    ["nothing", "absent", undefined, undefined],
  ])("sends %s as text or a marker", (_, name, value, sent) => {
    expect(detailsToWire({ ignoreCase: true, request, props: { [name]: value } }).extra[name]).toBe(
      sent,
    );
  });

  test("a property is cut at its limit, and one more than the limit of properties is left out", () => {
    const props = Object.fromEntries(
      Array.from({ length: MAX_PROPERTIES + 1 }, (_, at) => [
        `p${at}`,
        "x".repeat(MAX_PROPERTY_LENGTH + (at % 2)),
      ]),
    );
    const { extra } = detailsToWire({ ignoreCase: true, request, props });
    expect(Object.keys(extra)).toHaveLength(MAX_PROPERTIES);
    expect(new Set(Object.values(extra).map((value) => value.length))).toEqual(
      new Set([MAX_PROPERTY_LENGTH]),
    );
  });

  test("metadata is JSON text by key, up to its limit; what has no JSON form is left out", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const fits = "x".repeat(MAX_METADATA_LENGTH - 2 - 1);
    expect(metadataToWire({ a: { b: [1] }, loop, none: undefined })).toEqual({ a: '{"b":[1]}' });
    expect(Object.keys(metadataToWire({ a: fits }))).toEqual(["a"]);
    expect(Object.keys(metadataToWire({ a: `${fits}x` }))).toEqual([]);
    expect(metadataToWire("text")).toEqual({});
  });

  test.each([
    [MAX_DETAIL_LENGTH, true],
    [MAX_DETAIL_LENGTH + 1, false],
  ])("the detail of a custom reason of %i characters is read: %s", (length, there) => {
    const message = create(ReasonSchema, {
      reason: {
        case: "custom",
        value: { name: "n", detailJson: JSON.stringify("x".repeat(length - 2)) },
      },
    });
    expect("detail" in reasonFromWire(message)).toBe(there);
  });

  test("a detail that is no JSON is left out", () => {
    const message = create(ReasonSchema, {
      reason: { case: "custom", value: { name: "n", detailJson: "{" } },
    });
    expect(reasonFromWire(message)).toEqual({ type: "CUSTOM", name: "n" });
  });
});
