// Reasons as data ↔ reasons on the wire.
import { create } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  ReasonSchema,
  type CustomReason,
  type EmailType as WireEmailType,
  type RateLimitReason,
  type Reason,
  type ShieldReason,
} from "../gen/decide/v1alpha1/decide_pb.js";
import type {
  CustomReasonData,
  RateLimitReasonData,
  ReasonData,
  ShieldReasonData,
} from "../reason.ts";
import type { EmailType } from "../spec.ts";
import { emailTypesFromWire, emailTypeToWire } from "./enums.ts";

/** Deepest nesting and longest text of a custom rule's detail that is parsed. */
export const MAX_DETAIL_LENGTH = 65_536;

type Init = NonNullable<NonNullable<Parameters<typeof create<typeof ReasonSchema>>[1]>["reason"]>;

/** Whether a client knows the additions of this schema. */
export interface Dialect {
  readonly additions: boolean;
}

function rateLimitToWire(data: RateLimitReasonData): Init {
  return {
    case: "rateLimit",
    value: {
      max: data.max,
      remaining: data.remaining,
      resetInSeconds: data.reset,
      windowInSeconds: data.window,
      ...(data.resetTime && { resetTime: timestampFromDate(data.resetTime) }),
      ...(data.retryAfter !== undefined && { retryAfterInSeconds: data.retryAfter }),
    },
  };
}

function shieldToWire(data: ShieldReasonData): Init {
  return {
    case: "shield",
    value: {
      shieldTriggered: data.shieldTriggered,
      suspicious: data.suspicious,
      score: data.score,
      findings: data.findings.map((finding) => ({ ...finding })),
      ...(data.exclusion && { exclusion: { fields: { ...data.exclusion } } }),
      ...(data.retryAfter !== undefined && { retryAfterInSeconds: data.retryAfter }),
    },
  };
}

/** A published client fails on a type it has no name for, so it is never told of one. */
function emailTypesToWire(types: readonly EmailType[], dialect: Dialect): WireEmailType[] {
  const known = dialect.additions ? types : types.filter((type) => type !== "ROLE");
  return known.map(emailTypeToWire);
}

function detailToWire(data: CustomReasonData): Init {
  const detail = data.detail === undefined ? undefined : JSON.stringify(data.detail);
  return {
    case: "custom",
    value: { name: data.name, ...(detail !== undefined && { detailJson: detail }) },
  };
}

function kindToWire(data: ReasonData, dialect: Dialect): Init | undefined {
  switch (data.type) {
    case "RATE_LIMIT":
      return rateLimitToWire(data);
    case "BOT": {
      const { verified, spoofed } = data;
      const lists = {
        allowed: [...data.allowed],
        denied: [...data.denied],
        signals: [...data.signals],
      };
      return { case: "botV2", value: { ...lists, verified, spoofed } };
    }
    case "SHIELD":
      return shieldToWire(data);
    case "EMAIL":
      return {
        case: "email",
        value: {
          emailTypes: emailTypesToWire(data.emailTypes, dialect),
          ...(data.suggestion !== undefined && { suggestion: data.suggestion }),
        },
      };
    case "FILTER":
      return {
        case: "filter",
        value: {
          matchedExpressions: [...data.matchedExpressions],
          undeterminedExpressions: [...data.undeterminedExpressions],
        },
      };
    case "SENSITIVE_INFO":
      return {
        case: "sensitiveInfo",
        value: {
          allowed: data.allowed.map((span) => ({ ...span })),
          denied: data.denied.map((span) => ({ ...span })),
        },
      };
    case "PROMPT_INJECTION_DETECTION":
      return {
        case: "promptInjection",
        value: {
          injectionDetected: data.injectionDetected,
          score: data.score,
          families: [...data.families],
        },
      };
    case "ERROR":
      return { case: "error", value: { message: data.message } };
    case "CUSTOM":
      return detailToWire(data);
    case "NONE":
      return undefined;
  }
}

/** The message for a reason; "nothing to say" is a message with nothing set. */
export function reasonToWire(data: ReasonData, dialect: Dialect): Reason {
  const reason = kindToWire(data, dialect);
  return create(ReasonSchema, reason ? { reason } : {});
}

function rateLimitFromWire(value: RateLimitReason): RateLimitReasonData {
  return {
    type: "RATE_LIMIT",
    max: value.max,
    remaining: value.remaining,
    reset: value.resetInSeconds,
    window: value.windowInSeconds,
    ...(value.retryAfterInSeconds !== undefined && { retryAfter: value.retryAfterInSeconds }),
    ...(value.resetTime && { resetTime: timestampDate(value.resetTime) }),
  };
}

function shieldFromWire(value: ShieldReason): ShieldReasonData {
  return {
    type: "SHIELD",
    shieldTriggered: value.shieldTriggered,
    suspicious: value.suspicious,
    score: value.score,
    findings: value.findings.map(({ detector, location, evidence, score, truncated }) => ({
      detector,
      location,
      evidence,
      score,
      ...(truncated !== undefined && { truncated }),
    })),
    ...(value.exclusion && { exclusion: value.exclusion.fields }),
    ...(value.retryAfterInSeconds !== undefined && { retryAfter: value.retryAfterInSeconds }),
  };
}

function customFromWire(value: CustomReason): CustomReasonData {
  const data = { type: "CUSTOM", name: value.name } as const;
  if (value.detailJson === undefined || value.detailJson.length > MAX_DETAIL_LENGTH) return data;
  try {
    const detail: unknown = JSON.parse(value.detailJson);
    return { ...data, detail };
  } catch {
    return data;
  }
}

/** The reason a message stands for; one of an earlier generation becomes an error that says so. */
export function reasonFromWire(message: Reason | undefined): ReasonData {
  const reason = message?.reason;
  switch (reason?.case) {
    case "rateLimit":
      return rateLimitFromWire(reason.value);
    case "botV2": {
      const { allowed, denied, verified, spoofed, signals } = reason.value;
      return { type: "BOT", allowed, denied, verified, spoofed, signals };
    }
    case "shield":
      return shieldFromWire(reason.value);
    case "email":
      return {
        type: "EMAIL",
        emailTypes: emailTypesFromWire(reason.value.emailTypes),
        ...(reason.value.suggestion !== undefined && { suggestion: reason.value.suggestion }),
      };
    case "filter": {
      const { matchedExpressions, undeterminedExpressions } = reason.value;
      return { type: "FILTER", matchedExpressions, undeterminedExpressions };
    }
    case "sensitiveInfo":
      return {
        type: "SENSITIVE_INFO",
        allowed: reason.value.allowed.map(plainSpan),
        denied: reason.value.denied.map(plainSpan),
      };
    case "promptInjection": {
      const { injectionDetected, score, families } = reason.value;
      return { type: "PROMPT_INJECTION_DETECTION", injectionDetected, score, families };
    }
    case "error":
      return { type: "ERROR", message: reason.value.message };
    case "custom":
      return customFromWire(reason.value);
    case "bot":
    case "edgeRule":
      return {
        type: "ERROR",
        message: `The answer has a reason of an earlier kind: ${reason.case}.`,
      };
    case undefined:
      return { type: "NONE" };
  }
}

function plainSpan(span: { start: number; end: number; identifiedType: string }) {
  return { start: span.start, end: span.end, identifiedType: span.identifiedType };
}
