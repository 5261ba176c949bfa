// Every rule, reason, result and decision that the types allow.
import fc from "fast-check";
import type { IpFacts } from "@arcjet/ip";
import type {
  DecisionData,
  EmailType,
  ReasonData,
  RuleResultData,
  RuleSpec,
  RuleType,
} from "../src/index.ts";

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const positive = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const texts = fc.array(text, { maxLength: 4 });
const mode = fc.constantFrom("LIVE" as const, "DRY_RUN" as const);
const emailType = fc.constantFrom<EmailType>(
  "DISPOSABLE",
  "FREE",
  "NO_MX_RECORDS",
  "NO_GRAVATAR",
  "INVALID",
  "ROLE",
);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

/** Exactly one of the two lists. */
const lists = <Entry>(entry: fc.Arbitrary<Entry>) =>
  fc.oneof(
    fc.record({ allow: fc.array(entry, { maxLength: 4 }) }),
    fc.record({ deny: fc.array(entry, { maxLength: 4 }) }),
  );
const withLists = <Entry, Rest extends object>(
  entry: fc.Arbitrary<Entry>,
  rest: fc.Arbitrary<Rest>,
) => fc.tuple(rest, lists(entry)).map(([given, list]) => ({ ...given, ...list }));

const limiter = { type: fc.constant("RATE_LIMIT" as const), mode, characteristics: texts };

export const spec: fc.Arbitrary<RuleSpec> = fc.oneof(
  fc.record({
    ...limiter,
    algorithm: fc.constant("TOKEN_BUCKET" as const),
    refillRate: uint32,
    interval: uint32,
    capacity: uint32,
    refill: fc.constantFrom("interval" as const, "continuous" as const),
  }),
  fc.record({
    ...limiter,
    algorithm: fc.constant("FIXED_WINDOW" as const),
    max: uint32,
    window: uint32,
    anchor: fc.constantFrom("first" as const, "epoch" as const),
  }),
  fc.record({
    ...limiter,
    algorithm: fc.constant("SLIDING_WINDOW" as const),
    max: uint32,
    interval: uint32,
  }),
  withLists(
    text,
    fc.record({
      type: fc.constant("BOT" as const),
      mode,
      missingUserAgent: fc.constantFrom("error" as const, "deny" as const, "allow" as const),
      denySpoofed: fc.boolean(),
    }),
  ),
  withLists(
    emailType,
    fc.record({
      type: fc.constant("EMAIL" as const),
      mode,
      requireTopLevelDomain: fc.boolean(),
      allowDomainLiteral: fc.boolean(),
    }),
  ),
  fc.record({
    type: fc.constant("SHIELD" as const),
    mode,
    threshold: positive,
    window: positive,
    blockFor: positive,
  }),
  withLists(text, fc.record({ type: fc.constant("FILTER" as const), mode })),
  withLists(text, fc.record({ type: fc.constant("SENSITIVE_INFO" as const), mode })),
  fc.record({ type: fc.constant("PROMPT_INJECTION_DETECTION" as const), mode, threshold: finite }),
  fc.record({ type: fc.constant("CUSTOM" as const), mode, name: text }),
);

const spans = fc.array(fc.record({ identifiedType: text, start: uint32, end: uint32 }), {
  maxLength: 3,
});
const finding = fc.record(
  {
    detector: text,
    location: text,
    evidence: text,
    score: finite,
    truncated: fc.boolean(),
  },
  { requiredKeys: ["detector", "location", "evidence", "score"] },
);
const fields = fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true });

export const reason: fc.Arbitrary<ReasonData> = fc.oneof(
  fc.record(
    {
      type: fc.constant("RATE_LIMIT" as const),
      max: uint32,
      remaining: uint32,
      reset: uint32,
      window: uint32,
      retryAfter: uint32,
      resetTime: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
    },
    { requiredKeys: ["type", "max", "remaining", "reset", "window"] },
  ),
  fc.record({
    type: fc.constant("BOT" as const),
    allowed: texts,
    denied: texts,
    verified: fc.boolean(),
    spoofed: fc.boolean(),
    signals: texts,
  }),
  fc.record(
    {
      type: fc.constant("SHIELD" as const),
      shieldTriggered: fc.boolean(),
      suspicious: fc.boolean(),
      score: finite,
      findings: fc.array(finding, { maxLength: 3 }),
      exclusion: fields,
      retryAfter: uint32,
    },
    { requiredKeys: ["type", "shieldTriggered", "suspicious", "score", "findings"] },
  ),
  fc.record(
    { type: fc.constant("EMAIL" as const), emailTypes: fc.array(emailType), suggestion: text },
    { requiredKeys: ["type", "emailTypes"] },
  ),
  fc.record({
    type: fc.constant("FILTER" as const),
    matchedExpressions: texts,
    undeterminedExpressions: texts,
  }),
  fc.record({ type: fc.constant("SENSITIVE_INFO" as const), allowed: spans, denied: spans }),
  fc.record({
    type: fc.constant("PROMPT_INJECTION_DETECTION" as const),
    injectionDetected: fc.boolean(),
    score: finite,
    families: texts,
  }),
  fc.record({ type: fc.constant("ERROR" as const), message: text }),
  fc.record(
    {
      type: fc.constant("CUSTOM" as const),
      name: text,
      detail: fc.oneof(text, uint32, fc.boolean(), texts, fields, fc.constant(null)),
    },
    { requiredKeys: ["type", "name"] },
  ),
  fc.record({ type: fc.constant("NONE" as const) }),
);

const coordinates = fc.record(
  {
    latitude: fc.constantFrom(0, -33.9, 52.5),
    longitude: fc.constantFrom(0, 18.4, -179.9),
    accuracyRadius: fc.integer({ min: 1, max: 5000 }),
  },
  { requiredKeys: ["latitude", "longitude"] },
);
const known = fc.string({ minLength: 1, maxLength: 12 });
const otherFacts = fc.record(
  {
    country: known,
    countryName: known,
    continent: known,
    continentName: known,
    region: known,
    city: known,
    postalCode: known,
    timezone: known,
    asn: known,
    asnName: known,
    asnDomain: known,
    asnType: known,
    asnCountry: known,
    service: known,
    isHosting: fc.boolean(),
    isVpn: fc.boolean(),
    isProxy: fc.boolean(),
    isTor: fc.boolean(),
    isRelay: fc.boolean(),
    isMobile: fc.boolean(),
    isAbuser: fc.boolean(),
    isCrawler: fc.boolean(),
    isEuMember: fc.boolean(),
    crawlerName: known,
  },
  { requiredKeys: [] },
);
export const facts: fc.Arbitrary<IpFacts> = fc
  .tuple(otherFacts, fc.option(coordinates))
  .map(([other, place]) => ({ ...other, ...place }));

const conclusion = fc.constantFrom(
  "ALLOW" as const,
  "DENY" as const,
  "CHALLENGE" as const,
  "ERROR" as const,
);

export const result: fc.Arbitrary<RuleResultData> = fc.record({
  ruleId: text,
  type: fc.constantFrom<RuleType>(
    "RATE_LIMIT",
    "BOT",
    "EMAIL",
    "SHIELD",
    "FILTER",
    "SENSITIVE_INFO",
    "PROMPT_INJECTION_DETECTION",
    "CUSTOM",
  ),
  fingerprint: text,
  ttl: uint32,
  state: fc.constantFrom("RUN" as const, "NOT_RUN" as const, "DRY_RUN" as const, "CACHED" as const),
  conclusion,
  reason,
});

export const decision: fc.Arbitrary<DecisionData> = fc.record({
  id: text,
  conclusion,
  reason,
  results: fc.array(result, { maxLength: 4 }),
  ttl: uint32,
  ip: facts,
  degraded: fc.boolean(),
});
