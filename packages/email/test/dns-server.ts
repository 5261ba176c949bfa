// A DNS server for tests (RFC 1035 over UDP): it answers from a function and counts what it is asked.
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";

export type RecordType = "MX" | "A" | "AAAA";

export type Reply =
  | { readonly code: "NOERROR"; readonly records: readonly string[] }
  | { readonly code: "NXDOMAIN" | "SERVFAIL" }
  | "silence";

export interface DnsServer {
  /** Address and port. */
  readonly address: string;
  /** Questions so far, such as "MX example.com". */
  readonly asked: readonly string[];
  close(): void;
}

const TYPES: ReadonlyMap<number, RecordType> = new Map([
  [1, "A"],
  [15, "MX"],
  [28, "AAAA"],
]);
const CODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3 } as const;

/** Starts a server; `answer` gives MX records as host names and addresses as text. */
export async function startDnsServer(
  answer: (name: string, type: RecordType) => Reply,
): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => respond(socket, query, from, asked, answer));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return { address: `127.0.0.1:${socket.address().port}`, asked, close: () => socket.close() };
}

function respond(
  socket: Socket,
  query: Buffer,
  from: RemoteInfo,
  asked: string[],
  answer: (name: string, type: RecordType) => Reply,
): void {
  const { name, end } = readName(query);
  const type = TYPES.get(query.readUInt16BE(end));
  if (!type) return;
  asked.push(`${type} ${name}`);
  const reply = answer(name, type);
  if (reply === "silence") return;
  const records = reply.code === "NOERROR" ? reply.records : [];
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | CODES[reply.code], 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  const question = query.subarray(12, end + 4);
  const answers = records.map((value) => encodeRecord(query.readUInt16BE(end), type, value));
  socket.send(Buffer.concat([header, question, ...answers]), from.port, from.address);
}

function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    const length = query[at]!;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join("."), end: at + 1 };
}

function encodeRecord(code: number, type: RecordType, value: string): Buffer {
  const data =
    type === "MX" ? Buffer.concat([Buffer.from([0, 10]), encodeName(value)]) : encodeAddress(value);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function encodeName(name: string): Buffer {
  const labels = name === "." ? [] : name.split(".");
  return Buffer.concat([
    ...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label, "latin1")])),
    Buffer.from([0]),
  ]);
}

/** IPv4, or IPv6 written in full. */
function encodeAddress(address: string): Buffer {
  return address.includes(":")
    ? Buffer.from(
        address
          .split(":")
          .map((group) => group.padStart(4, "0"))
          .join(""),
        "hex",
      )
    : Buffer.from(address.split(".").map(Number));
}
