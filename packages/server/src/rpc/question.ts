// The question of a call, as far as a decision needs it. Most questions are ordinary: they are read here in one
// pass, their rules left as bytes, which are the same in every request of an application and so name the list
// of rules made ready before. Any other goes through the general reader, which costs several times as much.
import {
  DecideRequestSchema,
  LocalAnswerSchema,
  RuleSchema,
  type DecideRequest,
} from "@arcjet/protocol/wire";
import { fromBinary } from "@bufbuild/protobuf";
import { RpcError } from "./code.ts";
import { readMessage } from "./codec.ts";
import { readDetails, type Details } from "./details.ts";
import type { Codec } from "./protocol.ts";
import { Reader, Unusual } from "./reader.ts";

/** A question and what its list of rules is known by. */
export interface Question extends Pick<DecideRequest, "characteristics" | "dialect" | "local"> {
  readonly details: Details | undefined;
  /** Reads the rules; throws an RpcError when they are none. */
  readonly rules: () => DecideRequest["rules"];
  readonly ruleCount: number;
  /** The same text always means the same rules. */
  readonly rulesKey: string;
}

/** A question from a message that is read already. */
export function questionOf(
  message: Pick<DecideRequest, "details" | "rules" | "characteristics" | "dialect" | "local">,
): Question {
  const { details, rules, characteristics, dialect, local } = message;
  return {
    details,
    characteristics,
    dialect,
    local,
    rules: () => rules,
    ruleCount: rules.length,
    rulesKey: `m${JSON.stringify(rules)}`,
  };
}

/**
 * Reads the question of a call.
 *
 * @throws RpcError when the bytes are no question.
 */
export function readQuestion(codec: Codec, bytes: Uint8Array): Question {
  if (codec === "proto") {
    try {
      return readOrdinary(bytes);
    } catch (cause) {
      if (!(cause instanceof Unusual)) throw cause;
    }
  }
  return questionOf(readMessage(DecideRequestSchema, codec, bytes));
}

/**
 * Reads a question of the ordinary form.
 *
 * @throws Unusual when it has another.
 */
export function readOrdinary(bytes: Uint8Array): Question {
  const reader = new Reader(bytes);
  const rules: Buffer[] = [];
  const local: Buffer[] = [];
  const characteristics: string[] = [];
  let rulesKey = "b";
  let details: Details | undefined;
  let dialect = 0;
  reader.fields((field, type) => {
    switch (field) {
      case 4:
        // Two of them would have to be merged.
        if (details !== undefined) throw new Unusual();
        details = readDetails(reader, type);
        return;
      case 5: {
        const rule = reader.slice(type);
        rulesKey += `${rule.length}:${rule.toString("latin1")}`;
        rules.push(rule);
        return;
      }
      case 6:
        characteristics.push(reader.text(type));
        return;
      case 1001:
        dialect = reader.integer(type);
        return;
      case 1002:
        local.push(reader.slice(type));
        return;
      default:
        reader.skip(type);
    }
  });
  const read = { readUnknownFields: false };
  return {
    details,
    characteristics,
    dialect,
    local: readAll(local, (answer) => fromBinary(LocalAnswerSchema, answer, read)),
    rules: () => readAll(rules, (rule) => fromBinary(RuleSchema, rule, read)),
    ruleCount: rules.length,
    rulesKey,
  };
}

function readAll<T>(parts: readonly Buffer[], read: (bytes: Buffer) => T): T[] {
  try {
    return parts.map(read);
  } catch {
    throw new RpcError("invalid_argument", "the body is no question in proto");
  }
}
