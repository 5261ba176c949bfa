// Connections that are slow, broken, oversized or half closed: they get what they deserve, and the others do not
// notice.
import { connect as connect2, constants } from "node:http2";
import { connect, type Socket } from "node:net";
import { create, toBinary } from "@bufbuild/protobuf";
import { DecideRequestSchema } from "@arcjet/protocol/wire";
import { describe, expect, test } from "vitest";
import { MAX_HEADER_BYTES, MAX_HEADER_FIELDS, MAX_MESSAGE_BYTES } from "../src/limits.ts";
import { start, type Started } from "./harness.ts";

const DECIDE = "/proto.decide.v1alpha1.DecideService/Decide";
const message = toBinary(
  DecideRequestSchema,
  create(DecideRequestSchema, { details: { ip: "8.8.8.8" } }),
);

const socketTo = ({ port }: Started): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.on("error", reject);
  });

/** Everything that comes until the other side closes. */
function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (part: string) => (text += part));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
  });
}

async function isServing({ url, key }: Started): Promise<boolean> {
  const answer = await fetch(url + DECIDE, {
    method: "POST",
    headers: { "content-type": "application/proto", authorization: `Bearer ${key}` },
    body: message,
  });
  return answer.status === 200;
}

const head = ({ key }: Started, more: readonly string[] = []): string =>
  [
    `POST ${DECIDE} HTTP/1.1`,
    "host: x",
    "content-type: application/proto",
    `authorization: Bearer ${key}`,
    ...more,
    "",
    "",
  ].join("\r\n");

describe("one bad connection does not disturb the others", () => {
  test.each<[string, string]>([
    ["says nothing", ""],
    ["says half of the preface of HTTP/2", "PRI * HT"],
    ["says the beginning of a method", "PO"],
    ["sends its headers slowly", "POST / HTTP/1.1\r\nhost: x\r\nx-slow:"],
    [
      "announces a body and sends none",
      `POST ${DECIDE} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n`,
    ],
  ])("when it %s", async (_, bytes) => {
    const started = await start();
    const sockets = await Promise.all(Array.from({ length: 50 }, () => socketTo(started)));
    for (const socket of sockets) socket.write(bytes);
    expect(await isServing(started)).toBe(true);
    for (const socket of sockets) socket.destroy();
  });

  test("when it breaks off in the middle of a body", async () => {
    const started = await start();
    const socket = await socketTo(started);
    socket.write(`${head(started, ["content-length: 100"])}abc`, () => socket.destroy());
    expect(await isServing(started)).toBe(true);
  });
});

describe("HTTP/1.1", () => {
  test("nonsense is answered with 400 and closed", async () => {
    const socket = await socketTo(await start());
    socket.write("\x16\x03\x01\x02\x00\x01\x00nonsense\r\n\r\n", "latin1");
    expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test.each([
    ["headers that are too large", [`x-large: ${"x".repeat(MAX_HEADER_BYTES)}`], 431],
    ["two lengths", ["content-length: 3", "content-length: 4"], 400],
    ["a length and chunks", ["content-length: 3", "transfer-encoding: chunked"], 400],
  ])("%s are refused", async (_, more, status) => {
    const started = await start();
    const socket = await socketTo(started);
    socket.write(head(started, more));
    expect(await readAll(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(await isServing(started)).toBe(true);
  });

  test("more header fields than there may be are refused", async () => {
    const started = await start();
    const many = Array.from({ length: MAX_HEADER_FIELDS }, (_, at) => `x-${at}: 1`);
    const socket = await socketTo(started);
    const lines = [
      `POST ${DECIDE} HTTP/1.1`,
      "host: x",
      "content-length: 0",
      "content-type: application/proto",
      "connection: close",
      ...many,
      `authorization: Bearer ${started.key}`,
      "",
      "",
    ];
    socket.write(lines.join("\r\n"));
    expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test("a body that announces too much is refused before it is sent", async () => {
    const started = await start();
    const socket = await socketTo(started);
    socket.write(head(started, [`content-length: ${MAX_MESSAGE_BYTES * 100}`]));
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 429 /);
    expect(answer).toMatch(/connection: close/i);
  });

  test("a body without an announced length is refused once it is too large", async () => {
    const started = await start();
    const socket = await socketTo(started);
    const answered = readAll(socket);
    socket.write(head(started, ["transfer-encoding: chunked"]));
    const chunk = "x".repeat(65_536);
    for (let sent = 0; sent <= MAX_MESSAGE_BYTES; sent += chunk.length)
      socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    expect(await answered).toMatch(/^HTTP\/1\.1 429 /);
  });

  test("a connection that is half closed after its question gets the answer", async () => {
    const started = await start();
    const socket = await socketTo(started);
    const answered = readAll(socket);
    socket.end(
      Buffer.concat([Buffer.from(head(started, [`content-length: ${message.length}`])), message]),
    );
    expect(await answered).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("questions that come before the first is answered are answered in order", async () => {
    const started = await start();
    const socket = await socketTo(started);
    const answered = readAll(socket);
    const one = Buffer.concat([
      Buffer.from(head(started, [`content-length: ${message.length}`])),
      message,
    ]);
    const last = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    socket.write(Buffer.concat([one, one, Buffer.from(last)]));
    const statuses = (await answered).match(/HTTP\/1\.1 \d+/g);
    expect(statuses).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 200"]);
  });
});

describe("HTTP/2", () => {
  const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  test("a preface that comes byte by byte is recognised", async () => {
    const started = await start();
    const socket = await socketTo(started);
    socket.setNoDelay(true);
    const settings = new Promise<Buffer>((resolve) => socket.once("data", resolve));
    for (const byte of preface) await new Promise<void>((sent) => socket.write(byte, () => sent()));
    // The first frame of a server is SETTINGS, type 4.
    expect((await settings)[3]).toBe(4);
    socket.destroy();
  });

  test("nonsense after the preface closes the connection", async () => {
    const started = await start();
    const socket = await socketTo(started);
    const answered = readAll(socket);
    socket.write(preface + "\xff".repeat(100), "latin1");
    expect(await answered).not.toContain("HTTP/1.1 200");
    expect(await isServing(started)).toBe(true);
  });

  const ask = (
    session: ReturnType<typeof connect2>,
    headers: Record<string, string>,
    body: Uint8Array,
  ) =>
    new Promise<{ status: number | undefined; error: number }>((resolve) => {
      const stream = session.request({
        ":method": "POST",
        ":path": DECIDE,
        "content-type": "application/proto",
        ...headers,
      });
      let status: number | undefined;
      stream.on("response", (answer) => (status = answer[":status"]));
      stream.on("error", () => undefined);
      stream.on("close", () => resolve({ status, error: stream.rstCode ?? 0 }));
      stream.resume();
      stream.end(body);
    });

  test("a body that is too large is refused, and the connection goes on", async () => {
    const started = await start();
    const session = connect2(started.url);
    const authorization = `Bearer ${started.key}`;
    const large = await ask(session, { authorization }, new Uint8Array(MAX_MESSAGE_BYTES + 6));
    expect(large.status).toBe(429);
    expect((await ask(session, { authorization }, message)).status).toBe(200);
    session.destroy();
  });

  test("a body without a key is not read", async () => {
    const started = await start();
    const session = connect2(started.url);
    expect((await ask(session, {}, new Uint8Array(MAX_MESSAGE_BYTES))).status).toBe(401);
    session.destroy();
  });

  test("bodies that do not end are no calls, however many there are", async () => {
    const started = await start({ maxConcurrent: 1 });
    const session = connect2(started.url);
    const authorization = `Bearer ${started.key}`;
    for (let i = 0; i < 20; i++) {
      const stream = session.request({
        ":method": "POST",
        ":path": DECIDE,
        "content-type": "application/proto",
        authorization,
      });
      stream.on("error", () => undefined);
      stream.write(message.subarray(0, 1));
    }
    expect((await ask(session, { authorization }, message)).status).toBe(200);
    session.destroy();
  });

  test("streams that are reset at once leave the server well", async () => {
    const started = await start();
    const session = connect2(started.url);
    session.on("error", () => undefined);
    for (let i = 0; i < 200; i++) {
      const stream = session.request({ ":method": "POST", ":path": DECIDE });
      stream.on("error", () => undefined);
      stream.close(constants.NGHTTP2_CANCEL);
    }
    expect(await isServing(started)).toBe(true);
    session.destroy();
  });
});
