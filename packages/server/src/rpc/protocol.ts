// Three protocols for one call: Connect puts the message into the body as it is and the outcome into the
// status; gRPC puts it into a frame and the outcome into trailers; gRPC-Web puts the trailers into a
// last frame. All of them in binary and in JSON.
import { CODES, type RpcError } from "./code.ts";
import { ACCEPTED } from "./compression.ts";
import { RpcError as Failure } from "./code.ts";

export type Codec = "proto" | "json";

/** What a call looks like on its way in. */
export interface Incoming {
  readonly codec: Codec;
  /** How the message inside is compressed; "" when it is not. */
  readonly encoding: string;
  readonly message: Uint8Array;
}

/** What goes back: status and headers, a body, and trailers where the protocol has them. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly trailers?: Readonly<Record<string, string>>;
}

type HeaderSource = (name: string) => string | undefined;

export interface Protocol {
  readonly codec: Codec;
  /** Milliseconds the caller waits; undefined when it does not say. */
  readonly timeoutMs: (header: HeaderSource) => number | undefined;
  /** Takes the message out of the body. */
  readonly open: (body: Uint8Array, header: HeaderSource) => Incoming;
  readonly answer: (message: Uint8Array) => Outgoing;
  readonly fail: (error: RpcError) => Outgoing;
}

const EMPTY = new Uint8Array(0);
const FRAME_HEAD = 5;
const COMPRESSED = 1;
const TRAILERS = 0x80;

function connect(codec: Codec): Protocol {
  const type = { "content-type": `application/${codec}` };
  return {
    codec,
    timeoutMs: (header) => {
      const text = header("connect-timeout-ms");
      if (text === undefined) return undefined;
      if (!/^\d{1,10}$/.test(text))
        throw new Failure("invalid_argument", "connect-timeout-ms is no number of milliseconds");
      return Number(text);
    },
    open: (message, header) => {
      const version = header("connect-protocol-version");
      if (version !== undefined && version !== "1")
        throw new Failure("invalid_argument", "connect-protocol-version must be 1");
      return { codec, encoding: header("content-encoding") ?? "", message };
    },
    answer: (body) => ({ status: 200, headers: type, body }),
    fail: ({ code, message }) => ({
      status: CODES[code].status,
      headers: { "content-type": "application/json", "accept-encoding": ACCEPTED },
      body: Buffer.from(JSON.stringify({ code, message })),
    }),
  };
}

const UNITS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 0.001,
  n: 0.000_001,
};

function grpcTimeout(header: HeaderSource): number | undefined {
  const text = header("grpc-timeout");
  if (text === undefined) return undefined;
  const parts = /^(\d{1,8})([HMSmun])$/.exec(text);
  if (!parts) throw new Failure("invalid_argument", "grpc-timeout is no timeout");
  return Math.ceil(Number(parts[1]) * UNITS[parts[2]!]!);
}

/** The one message of a body in frames. */
function unframe(body: Uint8Array): { readonly compressed: boolean; readonly message: Uint8Array } {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length < FRAME_HEAD || view.getUint32(1) !== body.length - FRAME_HEAD)
    throw new Failure("invalid_argument", "the body is not exactly one message");
  const flags = view.getUint8(0);
  if ((flags & ~COMPRESSED) !== 0)
    throw new Failure("invalid_argument", "the message has unknown flags");
  return { compressed: flags === COMPRESSED, message: body.subarray(FRAME_HEAD) };
}

function frame(flags: number, message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(FRAME_HEAD + message.length);
  framed[0] = flags;
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, FRAME_HEAD);
  return framed;
}

/** Percent-encodes what is not printable ASCII, as gRPC asks. */
function encodeMessage(text: string): string {
  let encoded = "";
  for (const byte of Buffer.from(text))
    encoded +=
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return encoded;
}

const statusOf = ({ code, message }: RpcError): Record<string, string> => ({
  "grpc-status": String(CODES[code].grpc),
  "grpc-message": encodeMessage(message),
});

function openFramed(codec: Codec) {
  return (body: Uint8Array, header: HeaderSource): Incoming => {
    const { compressed, message } = unframe(body);
    const encoding = header("grpc-encoding") ?? "";
    if (compressed && (encoding === "" || encoding === "identity"))
      throw new Failure("invalid_argument", "the message is compressed and does not say how");
    return { codec, encoding: compressed ? encoding : "", message };
  };
}

const OK = { "grpc-status": "0" };

function grpc(codec: Codec, type: string): Protocol {
  const headers = { "content-type": type, "grpc-accept-encoding": ACCEPTED };
  return {
    codec,
    timeoutMs: grpcTimeout,
    open: openFramed(codec),
    answer: (message) => ({ status: 200, headers, body: frame(0, message), trailers: OK }),
    fail: (error) => ({ status: 200, headers: { ...headers, ...statusOf(error) }, body: EMPTY }),
  };
}

const WEB_OK = frame(TRAILERS, Buffer.from("grpc-status: 0\r\n"));

function grpcWeb(codec: Codec, type: string): Protocol {
  const headers = { "content-type": type, "grpc-accept-encoding": ACCEPTED };
  return {
    codec,
    timeoutMs: grpcTimeout,
    open: openFramed(codec),
    answer: (message) => ({
      status: 200,
      headers,
      body: Buffer.concat([frame(0, message), WEB_OK]),
    }),
    fail: (error) => {
      const lines = Object.entries(statusOf(error)).map(([name, value]) => `${name}: ${value}\r\n`);
      return { status: 200, headers, body: frame(TRAILERS, Buffer.from(lines.join(""))) };
    },
  };
}

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ["application/proto", connect("proto")],
  ["application/json", connect("json")],
  ...(["application/grpc", "application/grpc+proto"] as const).map(
    (type) => [type, grpc("proto", type)] as const,
  ),
  ["application/grpc+json", grpc("json", "application/grpc+json")],
  ...(["application/grpc-web", "application/grpc-web+proto"] as const).map(
    (type) => [type, grpcWeb("proto", type)] as const,
  ),
  ["application/grpc-web+json", grpcWeb("json", "application/grpc-web+json")],
]);

/** Content types that are understood, for the answer to any other. */
export const CONTENT_TYPES = [...PROTOCOLS.keys()].join(", ");

/** The protocol a content type names; its parameters, such as a charset, do not matter. */
export function protocolOf(contentType: string | undefined): Protocol | undefined {
  const known = PROTOCOLS.get(contentType ?? "");
  if (known || contentType === undefined) return known;
  return PROTOCOLS.get(contentType.split(";", 1)[0]!.trim().toLowerCase());
}
