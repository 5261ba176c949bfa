// A listener that stops, and one that has no room left.
import { connect as connect2, type ClientHttp2Session } from "node:http2";
import { connect, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { Exchange } from "../src/exchange.ts";
import { PATIENCE } from "../src/limits.ts";
import { createListener, type Listener } from "../src/listen.ts";

const open: Listener[] = [];
const sessions: ClientHttp2Session[] = [];

afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy();
  for (const listener of open.splice(0)) await listener.close(0);
});

const ok = { status: 200, headers: {}, body: Buffer.from("ok") };

async function listen(handle: (exchange: Exchange) => void, linger: number, max?: number) {
  const listener = createListener(handle, undefined, { ...PATIENCE, linger }, max);
  open.push(listener);
  const { port } = await listener.listen(0, "127.0.0.1");
  const session = (): ClientHttp2Session => {
    const made = connect2(`http://127.0.0.1:${port}`);
    sessions.push(made.on("error", () => undefined));
    return made;
  };
  return { listener, port, session };
}

/** What a stream is answered with; "" when it is not. */
function get(session: ClientHttp2Session): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const stream = session.request({ ":path": "/" });
    stream.setEncoding("utf8");
    stream.on("data", (part: string) => (text += part));
    stream.on("error", () => undefined);
    stream.on("close", () => resolve(text));
  });
}

const frame = (type: number, flags: number, stream: number, payload: string): Buffer => {
  const bytes = Buffer.from(payload, "latin1");
  return Buffer.from([0, 0, bytes.length, type, flags, 0, 0, 0, stream, ...bytes]);
};

/** GET, / and http from the static table, and x as the authority; the stream ends with its headers. */
const question = (stream: number): Buffer => frame(1, 5, stream, "\x82\x84\x86\x01\x01x");
const PREFACE = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  frame(4, 0, 0, ""),
]);

/** A client of HTTP/2 that knows no rules, and asks on these streams. */
function raw(port: number, ...streams: readonly number[]) {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  let text = "";
  socket.on("data", (part: Buffer) => (text += part.toString("latin1")));
  socket.on("error", () => undefined);
  socket.write(Buffer.concat([PREFACE, ...streams.map(question)]));
  const answers = (count: number) => expect.poll(() => text.split("ok").length - 1).toBe(count);
  return { socket, answers };
}

/** A listener that answers its first question when it is told to. */
async function holding(linger: number) {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const { listener, port } = await listen((exchange) => {
    asked.resolve();
    void released.promise.then(() => exchange.respond(ok));
  }, linger);
  return { listener, port, asked: asked.promise, release: released.resolve };
}

const closed = (socket: Socket | ClientHttp2Session): Promise<unknown> =>
  new Promise((resolve) => socket.once("close", resolve));

describe("a listener that stops", () => {
  test("tells who waits to go elsewhere, and answers what is on its way all the same", async () => {
    const asked = Promise.withResolvers<Exchange>();
    const handle = (exchange: Exchange): void =>
      exchange.path === "/" && held-- > 0 ? asked.resolve(exchange) : exchange.respond(ok);
    let held = 1;
    const { listener, session } = await listen(handle, 20);
    const client = session();
    const told: number[] = [];
    client.on("goaway", (code: number, last: number) => told.push(code, last));
    const first = get(client);
    const exchange = await asked.promise;
    const second = get(client);
    // It has left the client and has not reached the server.
    await setImmediate();
    const done = listener.close(10_000);
    expect(await second).toBe("ok");
    expect(told.slice(0, 2)).toEqual([0, 2 ** 31 - 1]);
    exchange.respond(ok);
    expect(await first).toBe("ok");
    await done;
  });

  test("answers what comes when all else is answered, while it waits", async () => {
    const { listener, port, asked, release } = await holding(60_000);
    const { socket, answers } = raw(port, 1);
    await asked;
    const done = listener.close(60_000);
    release();
    await answers(1);
    // A client that has not read what it was told.
    socket.write(question(3));
    await answers(2);
    socket.destroy();
    await done;
    await expect.poll(() => listener.connections()).toBe(0);
  });

  test("closes a connection without questions after a while, and never with GOAWAY", async () => {
    const { listener, session } = await listen((exchange) => exchange.respond(ok), 20);
    const client = session();
    let told = false;
    client.on("goaway", () => (told = true));
    expect(await get(client)).toBe("ok");
    await Promise.all([listener.close(60_000), closed(client)]);
    expect(told).toBe(false);
  });

  test("does not wait for a connection that has said nothing", async () => {
    const { listener, port } = await listen((exchange) => exchange.respond(ok), 60_000);
    const socket = connect(port, "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    await expect.poll(() => listener.connections()).toBe(1);
    await Promise.all([listener.close(60_000), closed(socket.resume())]);
  });
});

describe("a connection over HTTP/2 that its client ends", () => {
  test.each<[string, (socket: Socket) => unknown]>([
    ["on both sides", (socket) => socket.destroy()],
    ["on its own side", (socket) => socket.end()],
    ["with a reset", (socket) => socket.resetAndDestroy()],
  ])("%s is let go of", async (_, end) => {
    const { listener, port } = await listen((exchange) => exchange.respond(ok), 60_000);
    const { socket, answers } = raw(port, 1);
    await answers(1);
    expect(listener.connections()).toBe(1);
    end(socket);
    await expect.poll(() => listener.connections()).toBe(0);
  });

  test("on its own side still gets its answer", async () => {
    const { listener, port, asked, release } = await holding(60_000);
    const { socket, answers } = raw(port, 1);
    await asked;
    const ended = closed(socket);
    socket.end();
    // The server has read that it ends when it has answered a question that came after.
    const later = raw(port, 1);
    release();
    await Promise.all([answers(1), later.answers(1), ended]);
    later.socket.destroy();
    await expect.poll(() => listener.connections()).toBe(0);
  });
});

describe("a listener without room", () => {
  const MAX = 3;
  const trusting = (exchange: Exchange): void => {
    if (exchange.header("x-key") === "yes") exchange.trust();
    exchange.respond(ok);
  };

  /** Asks over HTTP/1.1 on a connection that stays open. */
  async function hold(port: number, key: string): Promise<Socket> {
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    const answered = new Promise((resolve) => socket.once("data", resolve));
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx-key: ${key}\r\n\r\n`);
    await Promise.race([answered, closed(socket)]);
    return socket;
  }

  test("lets the oldest connection without a key make room for the next", async () => {
    const { listener, port, session } = await listen(trusting, 0, MAX);
    const client = await hold(port, "yes");
    const strangers = [await hold(port, "no"), await hold(port, "no")];
    expect(listener.connections()).toBe(MAX);
    const oldest = closed(strangers[0]!);
    expect(await get(session())).toBe("ok");
    await oldest;
    expect([client.destroyed, strangers[1]!.destroyed]).toEqual([false, false]);
    expect(listener.connections()).toBe(MAX);
  });

  test("turns the next one away when all have shown a key", async () => {
    const { listener, port } = await listen(trusting, 0, MAX);
    const clients = [];
    for (let i = 0; i < MAX; i++) clients.push(await hold(port, "yes"));
    const next = await hold(port, "yes");
    await expect.poll(() => next.destroyed).toBe(true);
    expect(clients.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
    clients[0]!.destroy();
    await expect.poll(() => listener.connections()).toBe(MAX - 1);
    expect((await hold(port, "no")).destroyed).toBe(false);
  });
});
