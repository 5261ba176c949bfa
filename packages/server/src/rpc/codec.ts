import {
  fromBinary,
  fromJson,
  toBinary,
  toJsonString,
  type DescMessage,
  type JsonValue,
  type MessageShape,
} from "@bufbuild/protobuf";
import { RpcError } from "./code.ts";
import type { Codec } from "./protocol.ts";

const text = new TextDecoder("utf-8", { fatal: true });
const bytes = new TextEncoder();

/**
 * Reads a message. Unknown fields are left alone; in JSON, enums may be names or numbers.
 *
 * @throws RpcError when the bytes are no such message.
 */
export function readMessage<Desc extends DescMessage>(
  schema: Desc,
  codec: Codec,
  message: Uint8Array,
): MessageShape<Desc> {
  try {
    if (codec === "proto") return fromBinary(schema, message, { readUnknownFields: false });
    // What JSON.parse gives is a JsonValue.
    const json = JSON.parse(text.decode(message)) as JsonValue;
    return fromJson(schema, json, { ignoreUnknownFields: true });
  } catch {
    throw new RpcError("invalid_argument", `the body is no ${schema.typeName} in ${codec}`);
  }
}

/** Writes a message. */
export function writeMessage<Desc extends DescMessage>(
  schema: Desc,
  codec: Codec,
  message: MessageShape<Desc>,
): Uint8Array {
  if (codec === "proto") return toBinary(schema, message, { writeUnknownFields: false });
  return bytes.encode(toJsonString(schema, message));
}
