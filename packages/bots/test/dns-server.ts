// A name server on loopback that answers PTR, A and AAAA questions from a table (RFC 1035). A name it
// does not know does not exist; "SERVFAIL" and "SILENT" stand for a server that fails or never answers.

import { createSocket } from "node:dgram";

type Records = Readonly<Record<string, readonly string[] | "SERVFAIL" | "SILENT">>;

export interface DnsServer {
  /** Address and port, as `nodeResolver` takes it. */
  readonly address: string;
  readonly questions: string[];
  close(): Promise<void>;
}

const TYPES = new Map([
  [1, "A"],
  [12, "PTR"],
  [28, "AAAA"],
]);

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (message[at] !== 0) {
    const length = message[at]!;
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name.split(".").map((label) => Buffer.from(`\0${label}`, "latin1"));
  for (const label of labels) label[0] = label.length - 1;
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function data(type: string, value: string): Buffer {
  if (type === "PTR") return writeName(value);
  if (type === "A") return Buffer.from(value.split(".").map(Number));
  const [head = "", tail = ""] = value.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right];
  return Buffer.from(groups.map((group) => group.padStart(4, "0")).join(""), "hex");
}

function answer(message: Buffer, records: Records, questions: string[]): Buffer | undefined {
  const { name, end } = readName(message);
  const type = TYPES.get(message.readUInt16BE(end)) ?? "?";
  questions.push(`${type} ${name}`);
  const found = records[`${type} ${name}`];
  if (found === "SILENT") return undefined;
  const values = Array.isArray(found) ? found : [];
  const header = Buffer.alloc(12);
  header.writeUInt16BE(message.readUInt16BE(0), 0);
  header.writeUInt16BE(0x8180 | (found === "SERVFAIL" ? 2 : found ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(values.length, 6);
  const answers = values.map((value) => {
    const body = data(type, value);
    const fixed = Buffer.from([0xc0, 12, 0, 0, 0, 1, 0, 0, 0, 60, 0, 0]);
    fixed.writeUInt16BE(message.readUInt16BE(end), 2);
    fixed.writeUInt16BE(body.length, 10);
    return Buffer.concat([fixed, body]);
  });
  return Buffer.concat([header, message.subarray(12, end + 4), ...answers]);
}

export async function dnsServer(records: Records): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const questions: string[] = [];
  socket.on("message", (message, peer) => {
    const reply = answer(message, records, questions);
    if (reply) socket.send(reply, peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    questions,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
