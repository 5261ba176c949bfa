// Clients that take their time, against a listener with little of it: they are closed, and how they go is told.
import { connect as connect2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Exchange } from "../src/exchange.ts";
import { PATIENCE } from "../src/limits.ts";
import { createListener, type Listener } from "../src/listen.ts";
import { toRpcError } from "../src/rpc/code.ts";

const SHORT = 50;
const open: Listener[] = [];

afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close(0);
});

/** Reads the body of each request and answers with what came of it. */
function answer(exchange: Exchange): void {
  const respond = (text: string): void =>
    exchange.respond({ status: 200, headers: {}, body: Buffer.from(text) });
  exchange.body().then(
    (body) => respond(`read ${body.length}`),
    (cause: unknown) => respond(toRpcError(cause).code),
  );
}

async function listen(patience: Partial<typeof PATIENCE>): Promise<number> {
  const listener = createListener(answer, undefined, { ...PATIENCE, ...patience });
  open.push(listener);
  return (await listener.listen(0, "127.0.0.1")).port;
}

/** Everything that comes until the other side closes. */
function untilClosed(port: number, say: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket: Socket = connect(port, "127.0.0.1", () => socket.write(say));
    socket.setEncoding("latin1");
    socket.on("data", (part: string) => (text += part));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
  });
}

describe("a connection is closed", () => {
  test.each([
    ["that says nothing", ""],
    ["that says half of the preface of HTTP/2", "PR"],
  ])("%s", async (_, say) => {
    expect(await untilClosed(await listen({ firstBytes: SHORT }), say)).toBe("");
  });

  test("that ends before it has said anything", async () => {
    const socket = connect(await listen({}), "127.0.0.1", () => socket.end());
    const hadError = await new Promise((resolve) => socket.resume().once("close", resolve));
    expect(hadError).toBe(false);
  });

  test("whose headers do not end", async () => {
    const port = await listen({ headers: SHORT });
    const text = await untilClosed(port, "POST / HTTP/1.1\r\nhost: x\r\nx-slow:");
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("that has been silent for long, in HTTP/2", async () => {
    const session = connect2(`http://127.0.0.1:${await listen({ idle: SHORT })}`);
    await new Promise((resolve) => session.once("close", resolve));
    expect(session.destroyed).toBe(true);
  });

  test("that has been silent for long, in HTTP/1.1", async () => {
    const port = await listen({ idle: SHORT });
    const text = await untilClosed(port, "GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(text).toMatch(/^HTTP\/1\.1 200 [^]*read 0$/);
  });
});

describe("a body that does not come", () => {
  test("is given up in HTTP/1.1, and the connection with it", async () => {
    const port = await listen({ body: SHORT });
    const text = await untilClosed(
      port,
      "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc",
    );
    expect(text).toMatch(/^HTTP\/1\.1 200 [^]*deadline_exceeded$/);
    expect(text).toMatch(/connection: close/i);
  });

  test("is given up in HTTP/2, and other streams of the connection go on", async () => {
    const session = connect2(`http://127.0.0.1:${await listen({ body: SHORT })}`);
    const post = (body: string, ends: boolean) =>
      new Promise<string>((resolve) => {
        let text = "";
        const stream = session.request({ ":method": "POST", ":path": "/" });
        stream.setEncoding("utf8");
        stream.on("data", (part: string) => (text += part));
        stream.on("error", () => undefined);
        stream.on("close", () => resolve(text));
        stream.write(body);
        if (ends) stream.end();
      });
    const [slow, quick] = await Promise.all([post("abc", false), post("abcd", true)]);
    expect([slow, quick]).toEqual(["deadline_exceeded", "read 4"]);
    session.destroy();
  });
});
