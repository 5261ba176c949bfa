// Sites, keys and the life of a server.
import { createClient, type CallOptions, ConnectError, Code } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import type { RuleSpec } from "@arcjet/protocol";
import { DecideService, ruleToWire } from "@arcjet/protocol/wire";
import { memoryStore } from "@arcjet/rate-limit";
import { describe, expect, test } from "vitest";
import { createKey, createServer, type OtelApi, otelTracer } from "../src/index.ts";
import { quiet, start } from "./harness.ts";

const limit: RuleSpec = {
  type: "RATE_LIMIT",
  algorithm: "FIXED_WINDOW",
  mode: "LIVE",
  characteristics: [],
  max: 1,
  window: 60,
  anchor: "first",
};
const ALLOW = 1;
const DENY = 2;

/** Asks about the same client and limit, with a key. */
function asking(url: string, key: string, spec: RuleSpec = limit) {
  const client = createClient(
    DecideService,
    createConnectTransport({ baseUrl: url, httpVersion: "2" }),
  );
  return async (options: CallOptions = {}): Promise<number | undefined> => {
    const headers = { authorization: `Bearer ${key}`, ...options.headers };
    const question = { details: { ip: "8.8.8.8" }, rules: [ruleToWire(spec)] };
    return (await client.decide(question, { ...options, headers })).decision?.conclusion;
  };
}

const text = async (url: string): Promise<string> => (await fetch(url)).text();

describe("sites", () => {
  test("do not share counters, and keys of one site do", async () => {
    const [shop, again, blog] = [createKey("shop"), createKey("shop"), createKey("blog")];
    const { url } = await start({ keys: [shop.stored, again.stored, blog.stored] });
    expect(await asking(url, shop.key)()).toBe(ALLOW);
    expect(await asking(url, blog.key)()).toBe(ALLOW);
    expect(await asking(url, again.key)()).toBe(DENY);
  });

  test("count a rule in DRY_RUN apart from the same rule in LIVE", async () => {
    const { url, key } = await start();
    expect(await asking(url, key, { ...limit, mode: "DRY_RUN" })()).toBe(ALLOW);
    expect(await asking(url, key)()).toBe(ALLOW);
  });

  test("share counters between servers that share a store", async () => {
    const store = { ...memoryStore(), secret: "0123456789abcdef" };
    const { key, stored } = createKey("shop");
    const servers = await Promise.all([
      start({ keys: [stored], store }),
      start({ keys: [stored], store }),
    ]);
    expect(await asking(servers[0]!.url, key)()).toBe(ALLOW);
    expect(await asking(servers[1]!.url, key)()).toBe(DENY);
  });

  test("lose a key when it is revoked, and gain one when it is made, while the server runs", async () => {
    const { server, url, key } = await start();
    const made = createKey("shop");
    server.setKeys([made.stored]);
    const error = await asking(url, key)().catch(ConnectError.from);
    expect(error).toMatchObject({ code: Code.Unauthenticated });
    expect(await asking(url, made.key)()).toBe(ALLOW);
  });

  test("have only so many calls answered at once, each for itself", async () => {
    const [shop, blog] = [createKey("shop"), createKey("blog")];
    const asked = Promise.withResolvers<void>();
    const known = Promise.withResolvers<undefined>();
    const geo = () => (asked.resolve(), known.promise);
    const { url } = await start({ keys: [shop.stored, blog.stored], maxConcurrent: 1, geo });
    const first = asking(url, shop.key)();
    await asked.promise;
    const second = await asking(url, shop.key)().catch(ConnectError.from);
    expect(second).toMatchObject({ code: Code.ResourceExhausted });
    const other = asking(url, blog.key)();
    known.resolve(undefined);
    expect(await Promise.all([first, other])).toEqual([ALLOW, ALLOW]);
    expect(await asking(url, shop.key)()).toBe(DENY);
  });

  test.each([0, -1, 1.5, Number.NaN])("cannot be limited to %s calls", (maxConcurrent) => {
    expect(() => createServer({ keys: [], maxConcurrent })).toThrow("`maxConcurrent`");
  });
});

describe("the pages of a server", () => {
  test("say that it lives, that it is ready, and what it has done", async () => {
    const { url, key } = await start();
    await asking(url, key)();
    await asking(url, key)();
    await asking(url, "ajkey_wrong")().catch(() => undefined);
    expect(await text(`${url}/healthz`)).toBe("ok\n");
    expect(await text(`${url}/readyz`)).toBe("ready\n");
    const metrics = await text(`${url}/metrics`);
    expect(metrics).toContain('arcjet_calls_total{procedure="Decide",code="ok"} 2');
    expect(metrics).toContain('arcjet_calls_total{procedure="Decide",code="unauthenticated"} 1');
    expect(metrics).toContain(
      'arcjet_decisions_total{site="shop",conclusion="DENY",reason="RATE_LIMIT"} 1',
    );
    expect(metrics).toMatch(/^arcjet_decision_seconds_count 2$/m);
    expect(metrics).toMatch(/^arcjet_decision_seconds_bucket\{le="\+Inf"\} 2$/m);
    expect(metrics).not.toContain(key);
  });

  test("count the decisions that were made without the shared store", async () => {
    const own = memoryStore();
    const store = {
      ...own,
      take: async (charges: Parameters<typeof own.take>[0]) => ({
        ...(await own.take(charges)),
        degraded: isAway,
      }),
    };
    let isAway = false;
    const { url, key } = await start({ store });
    await asking(url, key)();
    expect(await text(`${url}/metrics`)).not.toContain("arcjet_degraded_decisions_total{");
    isAway = true;
    await asking(url, key)();
    expect(await text(`${url}/metrics`)).toContain(
      'arcjet_degraded_decisions_total{site="shop"} 1',
    );
  });

  test("hold no metrics when there are to be none", async () => {
    const { url } = await start({ metrics: false });
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });
});

describe("a server that stops", () => {
  test("finishes what has begun, says that it is not ready, and takes nothing new", async () => {
    const asked = Promise.withResolvers<void>();
    const known = Promise.withResolvers<undefined>();
    const { server, url, key } = await start({ geo: () => (asked.resolve(), known.promise) });
    const call = asking(url, key)();
    await asked.promise;
    const closed = server.close();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
    known.resolve(undefined);
    expect(await call).toBe(ALLOW);
    await closed;
  });

  test("cuts off what does not end in time", async () => {
    const asked = Promise.withResolvers<void>();
    const geo = () => (asked.resolve(), new Promise<undefined>(() => undefined));
    const { server, url, key } = await start({ geo });
    const call = asking(url, key)().catch(ConnectError.from);
    await asked.promise;
    await server.close(1);
    expect(await call).toBeInstanceOf(ConnectError);
  });

  test("says which port is taken when it cannot begin", async () => {
    const { port } = await start();
    await expect(createServer({ keys: [], log: quiet }).listen({ port })).rejects.toThrow(
      String(port),
    );
  });
});

describe("spans", () => {
  test("are made of calls, in the trace of the caller", async () => {
    const spans: {
      name: string;
      parent: unknown;
      attributes: Record<string, unknown>;
      ended: boolean;
    }[] = [];
    const api: OtelApi = {
      context: { active: () => "root" },
      propagation: {
        extract: (_, header, getter) =>
          (getter as { get(carrier: unknown, name: string): string }).get(header, "traceparent"),
      },
      trace: {
        getTracer: () => ({
          startSpan: (name, _, parent) => {
            const span = { name, parent, attributes: {} as Record<string, unknown>, ended: false };
            spans.push(span);
            return {
              setAttribute: (key, value) => (span.attributes[key] = value),
              end: () => (span.ended = true),
            };
          },
        }),
      },
    };
    const { url, key } = await start({ tracer: otelTracer(api) });
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    await asking(url, key)({ headers: { traceparent } });
    await asking(url, "ajkey_wrong")().catch(() => undefined);
    expect(spans).toMatchObject([
      {
        name: "arcjet.Decide",
        parent: traceparent,
        ended: true,
        attributes: { "arcjet.site": "shop", "arcjet.conclusion": "ALLOW" },
      },
      {
        name: "arcjet.Decide",
        parent: undefined,
        ended: true,
        attributes: { "rpc.grpc.status_code": 16 },
      },
    ]);
  });
});
