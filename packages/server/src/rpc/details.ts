// What a request says of itself, read in place.
import type { RequestDetails } from "@arcjet/protocol/wire";
import { Unusual, type Reader } from "./reader.ts";

/** What a request says of itself. */
export type Details = Omit<RequestDetails, "$typeName" | "$unknown">;

const NO_BYTES = new Uint8Array(0);
/** By field number; what is no text keeps its place. */
const NO_TEXTS: readonly string[] = Array.from({ length: 13 }, () => "");

type Texts = Record<string, string>;

function readEntry(reader: Reader, type: number, into: Texts): void {
  let key = "";
  let value = "";
  reader.inside(type, (field, type) => {
    if (field === 1) key = reader.text(type);
    else if (field === 2) value = reader.text(type);
    else reader.skip(type);
  });
  // An assignment would not make a property of this name.
  if (key === "__proto__") throw new Unusual();
  into[key] = value;
}

/**
 * Reads a `RequestDetails` that stands at the position of the reader, with its length.
 *
 * @throws Unusual for what is left to the general reader.
 */
export function readDetails(reader: Reader, type: number): Details {
  const headers: Texts = {};
  const extra: Texts = {};
  const repeatedHeaders: string[] = [];
  const texts = NO_TEXTS.slice();
  let body: Uint8Array = NO_BYTES;
  let httpVersion = "";
  let provenance = "";
  let clientKey = "";
  let ignoreCase = false;
  reader.inside(type, (field, type) => {
    switch (field) {
      case 6:
        return readEntry(reader, type, headers);
      case 7:
        body = reader.slice(type);
        return;
      case 8:
        return readEntry(reader, type, extra);
      case 1001:
        httpVersion = reader.text(type);
        return;
      case 1002:
        provenance = reader.text(type);
        return;
      case 1003:
        repeatedHeaders.push(reader.text(type));
        return;
      case 1004:
        ignoreCase = reader.integer(type) !== 0;
        return;
      case 1005:
        clientKey = reader.text(type);
        return;
      default:
        if (field < texts.length) texts[field] = reader.text(type);
        else reader.skip(type);
    }
  });
  return {
    ip: texts[1]!,
    method: texts[2]!,
    protocol: texts[3]!,
    host: texts[4]!,
    path: texts[5]!,
    headers,
    body,
    extra,
    email: texts[9]!,
    cookies: texts[10]!,
    query: texts[11]!,
    correlationId: texts[12]!,
    httpVersion,
    provenance,
    repeatedHeaders,
    ignoreCase,
    clientKey,
  };
}
