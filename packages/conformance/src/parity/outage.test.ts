// A server that goes away while it is asked: every request gets its decision all the same, made in the process
// and marked as such, and no error reaches anybody.
import { createServer as createTcp, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import arcjet, { fixedWindow, type Decision } from "@arcjet/core";
import { fakeRequest } from "@arcjet/core/testing";
import { remote } from "@arcjet/protocol/client/node";
import { createKey, createServer, type Server } from "@arcjet/server";
import { afterEach, describe, expect, test } from "vitest";
import { quiet } from "../rules.ts";

const WORKERS = 50;
const rules = [fixedWindow({ mode: "LIVE", window: 60, max: 1_000_000 })];
const { key, stored } = createKey("outage");
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(port = 0): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer({ keys: [stored], log: quiet });
  closing.push(() => server.close(0));
  return { server, port: (await server.listen({ port })).port };
}

/** Clients of a server that keep asking until they are told to stop. */
function load(port: number, timeout = 500) {
  const decider = remote({ baseUrl: `http://127.0.0.1:${port}`, key, timeout });
  closing.push(() => decider.close());
  const aj = arcjet({ client: decider, rules, log: quiet });
  const decisions: Decision[] = [];
  const stopping = new AbortController();
  let watchers: { readonly isSeen: (decision: Decision) => boolean; readonly seen: () => void }[] =
    [];
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // As a request of a real application would: it comes from the event loop.
      await setImmediate();
      const decision = await aj.protect(fakeRequest());
      decisions.push(decision);
      for (const { isSeen, seen } of watchers) if (isSeen(decision)) seen();
    }
  };
  const done = Promise.all(Array.from({ length: WORKERS }, work));
  return {
    decisions,
    /** Waits for this many decisions of a kind. */
    until: async (degraded: boolean, count: number): Promise<void> => {
      let left = count;
      await new Promise<void>((seen) => {
        watchers = [{ isSeen: (decision) => decision.degraded === degraded && --left === 0, seen }];
      });
      watchers = [];
    },
    stop: async (): Promise<void> => {
      stopping.abort();
      await done;
    },
  };
}

const conclusions = (decisions: readonly Decision[]) => [
  ...new Set(decisions.map(({ conclusion }) => conclusion)),
];

describe("under load", { timeout: 60_000 }, () => {
  test.each([
    ["finishes what has begun", 10_000],
    ["is cut off", 0],
  ])("a server that stops and %s leaves every request with a decision", async (_, drainMs) => {
    const { server, port } = await serve();
    const { decisions, until, stop } = load(port);
    await until(false, 500);
    await server.close(drainMs);
    await until(true, 500);
    await stop();
    expect(conclusions(decisions)).toEqual(["ALLOW"]);
    const first = decisions.findIndex(({ degraded }) => degraded);
    expect(decisions.slice(0, first).every(({ id }) => id.startsWith("req_"))).toBe(true);
  });

  test("a server that comes back is asked again", async () => {
    const { server, port } = await serve();
    const { decisions, until, stop } = load(port);
    await until(false, 200);
    await server.close(0);
    await until(true, 200);
    await serve(port);
    await until(false, 200);
    await stop();
    expect(conclusions(decisions)).toEqual(["ALLOW"]);
  });

  test("a server that takes connections and says nothing costs a few requests their time, then none", async () => {
    const sockets = new Set<Socket>();
    const silent = createTcp((socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    closing.push(
      () =>
        new Promise((resolve) => {
          for (const socket of sockets) socket.destroy();
          silent.close(() => resolve());
        }),
    );
    const address = silent.address();
    const { decisions, until, stop } = load(typeof address === "object" ? address!.port : 0, 50);
    await until(true, 2_000);
    await stop();
    expect(conclusions(decisions)).toEqual(["ALLOW"]);
  });
});

test("limits go on in the process while the server is away", async () => {
  const { server, port } = await serve();
  const decider = remote({ baseUrl: `http://127.0.0.1:${port}`, key });
  closing.push(() => decider.close());
  const limit = fixedWindow({ mode: "LIVE", window: 60, max: 2 });
  const aj = arcjet({ client: decider, rules: [limit], log: quiet });
  await server.close(0);
  const seen: string[] = [];
  for (let i = 0; i < 3; i++) seen.push((await aj.protect(fakeRequest())).conclusion);
  expect(seen).toEqual(["ALLOW", "ALLOW", "DENY"]);
});
