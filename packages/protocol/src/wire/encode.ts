// The answer of a server, written field by field. It says the same as `toBinary` of the message would, and
// costs much less: the general writer looks at every field of every message. Only what is written on each
// request is here; the reasons that are rare, and facts, go through their messages.
import { toBinary } from "@bufbuild/protobuf";
import type { DecisionData, RuleResultData } from "../decision.ts";
import { IpDetailsSchema, ReasonSchema } from "../gen/decide/v1alpha1/decide_pb.js";
import type { ReasonData } from "../reason.ts";
import { FULL, hasFacts } from "./decision.ts";
import { conclusionToWire, ruleTypeToWire, stateToWire } from "./enums.ts";
import { ipToWire } from "./ip.ts";
import { reasonToWire, type Dialect } from "./reason.ts";
import { Writer } from "./writer.ts";

function items(writer: Writer, field: number, values: readonly string[]): void {
  for (const value of values) writer.item(field, value);
}

/** Whether the reason holds nothing but what is written here. */
function isOrdinary(reason: ReasonData): boolean {
  switch (reason.type) {
    case "NONE":
    case "BOT":
    case "FILTER":
    case "ERROR":
      return true;
    case "RATE_LIMIT":
      return reason.resetTime === undefined;
    case "SHIELD":
      return reason.findings.length === 0 && reason.exclusion === undefined;
    default:
      return false;
  }
}

function writeOrdinary(writer: Writer, reason: ReasonData): void {
  switch (reason.type) {
    case "RATE_LIMIT":
      return writer.inside(1, () => {
        writer.number(1, reason.max);
        writer.number(3, reason.remaining);
        writer.number(5, reason.reset);
        writer.number(6, reason.window);
        if (reason.retryAfter !== undefined) writer.present(1001, reason.retryAfter);
      });
    case "SHIELD":
      return writer.inside(4, () => {
        writer.flag(1, reason.shieldTriggered);
        writer.flag(2, reason.suspicious);
        writer.double(1001, reason.score);
        if (reason.retryAfter !== undefined) writer.present(1004, reason.retryAfter);
      });
    case "ERROR":
      return writer.inside(6, () => writer.text(1, reason.message));
    case "BOT":
      return writer.inside(8, () => {
        items(writer, 1, reason.allowed);
        items(writer, 2, reason.denied);
        writer.flag(3, reason.verified);
        writer.flag(4, reason.spoofed);
        items(writer, 1001, reason.signals);
      });
    case "FILTER":
      return writer.inside(9, () => {
        items(writer, 2, reason.matchedExpressions);
        items(writer, 3, reason.undeterminedExpressions);
      });
  }
}

function writeReason(writer: Writer, field: number, reason: ReasonData, dialect: Dialect): void {
  if (isOrdinary(reason)) return writer.inside(field, () => writeOrdinary(writer, reason));
  writer.bytes(field, toBinary(ReasonSchema, reasonToWire(reason, dialect)));
}

function writeResult(writer: Writer, data: RuleResultData, dialect: Dialect): void {
  writer.text(1, data.ruleId);
  writer.number(2, stateToWire(data.state));
  writer.number(3, conclusionToWire(data.conclusion));
  writeReason(writer, 4, data.reason, dialect);
  writer.number(5, data.ttl);
  writer.text(6, data.fingerprint);
  writer.number(1001, ruleTypeToWire(data.type));
}

function writeDecision(writer: Writer, data: DecisionData, dialect: Dialect): void {
  writer.text(1, data.id);
  writer.number(2, conclusionToWire(data.conclusion));
  writeReason(writer, 3, data.reason, dialect);
  for (const result of data.results) writer.inside(4, () => writeResult(writer, result, dialect));
  writer.number(5, data.ttl);
  if (hasFacts(data.ip)) writer.bytes(6, toBinary(IpDetailsSchema, ipToWire(data.ip)));
  writer.flag(1001, data.degraded);
}

/** Gives the bytes of the `DecideResponse` for a decision. */
export type DecideResponseEncoder = (data: DecisionData, dialect?: Dialect) => Uint8Array;

/**
 * An encoder for one answer after another, which come in arrays that `allocate` makes; default a new `Uint8Array`.
 * It throws when a number is no unsigned 32-bit integer where the wire has one.
 *
 * @example
 * const encode = createDecideResponseEncoder(Buffer.allocUnsafe);
 */
export function createDecideResponseEncoder(
  allocate: (size: number) => Uint8Array = (size) => new Uint8Array(size),
): DecideResponseEncoder {
  const writer = new Writer();
  return (data, dialect = FULL) => {
    writer.reset();
    writer.inside(1, () => writeDecision(writer, data, dialect));
    return writer.copy(allocate);
  };
}

/**
 * The bytes of the `DecideResponse` for a decision.
 *
 * @throws Error when a number is no unsigned 32-bit integer where the wire has one.
 */
export function encodeDecideResponse(data: DecisionData, dialect: Dialect = FULL): Uint8Array {
  return createDecideResponseEncoder()(data, dialect);
}
