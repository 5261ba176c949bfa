/** The suite every adapter runs against its real framework, on a real socket, with literal bytes. */
import type { DecisionRecord } from "@arcjet/core";
import { fixedWindow, tokenBucket } from "@arcjet/core";
import { afterEach, describe, expect, it } from "vitest";
import type { AdapterHarness, SuiteApp, SuiteRule, SuiteServer } from "./harness.ts";
import { abort, send } from "./raw-http.ts";
import { allowing, denyingPath, hanging, quiet, throwing } from "./rules.ts";
import { SPELLINGS } from "./spellings.ts";

const TIMEOUT_MS = 100;

/** Declares the tests of one adapter. */
export function describeAdapter(harness: AdapterHarness): void {
  const open: SuiteServer[] = [];
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  async function start(rules: readonly SuiteRule[], more: Partial<SuiteApp> = {}) {
    const reached: string[] = [];
    const records: DecisionRecord[] = [];
    const server = await harness.serve({
      ways: ["app"],
      extra: [],
      reached: (route) => void reached.push(route),
      ...more,
      options: {
        rules,
        log: quiet,
        timeout: TIMEOUT_MS,
        sinks: [(record) => void records.push(record)],
        ...more.options,
      },
    });
    open.push(server);
    return { port: server.port, reached, records };
  }

  const test = (name: string, run: () => Promise<void>): void => {
    const reason = harness.deviations?.[name];
    if (reason === undefined) it(name, run);
    else it(`${name} (deviates: ${reason})`, () => expect(reason).not.toBe(""));
  };

  const bucket = (capacity: number) =>
    tokenBucket({ mode: "LIVE", refillRate: 1, interval: 3600, capacity });
  const noAdmin = () => denyingPath("/admin");

  describe(`${harness.name} adapter`, () => {
    test("lets an allowed request through to its handler", async () => {
      const app = await start([allowing().rule]);
      const response = await send(app.port);
      expect(response.status).toBe(200);
      expect(JSON.parse(response.body)).toMatchObject({ route: "hello" });
      expect(app.reached).toEqual(["hello"]);
    });

    test("hands the path and the query on as received", async () => {
      const app = await start([allowing().rule]);
      for (const target of ["//api/x?a=%2f&a=1", "/a%2fb", "/api/x?x=1"]) {
        app.records.length = 0;
        await send(app.port, { target });
        const { request } = app.records[0]!;
        expect(request.path + request.query).toBe(target);
      }
    });

    test("reads the path of an absolute-form target", async () => {
      const app = await start([allowing().rule]);
      await send(app.port, { target: "http://other.example/hello?a=1" });
      expect(app.records[0]!.request).toMatchObject({ path: "/hello", query: "?a=1" });
    });

    test("sees the whole path inside a mounted router", async () => {
      const app = await start([allowing().rule], { ways: ["handler"] });
      const response = await send(app.port, { target: "/api/x" });
      expect(response.status).toBe(200);
      expect(app.records[0]!.request.path).toBe("/api/x");
    });

    test("denies every spelling of a path that reaches its handler", async () => {
      const app = await start([noAdmin()]);
      for (const target of SPELLINGS) {
        const response = await send(app.port, { target });
        expect({ target, reached: app.reached, allowed: response.status === 200 }).toEqual({
          target,
          reached: [],
          allowed: false,
        });
      }
      expect((await send(app.port, { target: "/admin" })).status).toBe(403);
    });

    test("evaluates a rule once however many middlewares see the request", async () => {
      const base = allowing();
      const extra = allowing();
      const app = await start([base.rule], {
        ways: ["app", "route", "handler"],
        extra: [extra.rule],
      });
      expect((await send(app.port)).status).toBe(200);
      expect([base.calls(), extra.calls()]).toEqual([1, 1]);
    });

    test("protects one handler with rules of its own", async () => {
      const app = await start([allowing().rule], { ways: ["wrap"], extra: [bucket(1)] });
      const statuses = [(await send(app.port)).status, (await send(app.port)).status];
      expect(statuses).toEqual([200, 429]);
      expect(app.reached).toEqual(["hello"]);
    });

    test("denies before the handler, with nothing that helps an attacker", async () => {
      const app = await start([noAdmin()]);
      const response = await send(app.port, { target: "/admin" });
      expect(response.status).toBe(403);
      expect(JSON.parse(response.body)).toEqual({ code: 403, message: "Forbidden" });
      expect(app.reached).toEqual([]);
    });

    test("answers a browser with HTML", async () => {
      const app = await start([noAdmin()]);
      const response = await send(app.port, {
        target: "/admin",
        headers: ["Accept: text/html,application/json;q=0.1"],
      });
      expect(response.headers["content-type"]).toContain("text/html");
      expect(response.body).toContain("<h1>Forbidden</h1>");
    });

    test("answers a limited request with 429, Retry-After and RateLimit fields", async () => {
      const app = await start([bucket(1)]);
      const allowed = await send(app.port);
      const limited = await send(app.port);
      expect([allowed.status, limited.status]).toEqual([200, 429]);
      expect(allowed.headers.ratelimit).toMatch(/limit=1, remaining=0/);
      expect(limited.headers.ratelimit).toMatch(/limit=1, remaining=0/);
      expect(limited.headers["ratelimit-policy"]).toMatch(/^1;w=/);
      expect(Number(limited.headers["retry-after"])).toBeGreaterThan(3500);
    });

    test("lets onDenied answer instead", async () => {
      const app = await start([noAdmin()], { deniedStatus: 418 });
      expect((await send(app.port, { target: "/admin" })).status).toBe(418);
      expect(app.reached).toEqual([]);
    });

    test("leaves the body to the app", async () => {
      const app = await start([allowing().rule], { ways: ["app", "route", "handler"] });
      const sent = { text: "ä".repeat(1000) };
      const response = await send(app.port, {
        method: "POST",
        target: "/echo",
        headers: ["Content-Type: application/json; charset=utf-8"],
        body: JSON.stringify(sent),
      });
      expect(response.status).toBe(200);
      expect(app.reached).toEqual(["echo"]);
      expect(JSON.parse(response.body).body).toEqual(sent);
    });

    test("counts requests without a characteristic by the client and not together with others", async () => {
      const characteristics = ['http.request.cookie["sid"]'];
      const app = await start([
        fixedWindow({ mode: "LIVE", window: 3600, max: 1, characteristics }),
      ]);
      const statuses = [];
      for (const cookie of [
        "Cookie: sid=a",
        "Cookie: sid=a; sid=b",
        "Cookie: sid=c; sid=d",
        "X-None: 1",
        "Cookie: sid=",
      ])
        statuses.push((await send(app.port, { headers: [cookie] })).status);
      expect(statuses).toEqual([200, 200, 429, 200, 429]);
    });

    test("fails open, visibly, when a rule throws", async () => {
      const app = await start([throwing()]);
      expect((await send(app.port)).status).toBe(200);
      expect(app.records[0]!.decision.isErrored()).toBe(true);
    });

    test("fails open at the time limit when a rule hangs", async () => {
      const app = await start([hanging()]);
      expect((await send(app.port)).status).toBe(200);
      const { decision } = app.records[0]!;
      expect(decision.isErrored()).toBe(true);
      expect(JSON.stringify(decision.reason)).toContain(`${TIMEOUT_MS} ms`);
    });

    test("survives a client that hangs up", async () => {
      const app = await start([hanging()]);
      await abort(app.port, "/hello");
      expect((await send(app.port)).status).toBe(200);
    });

    test("allows exactly the capacity of a bucket to 20 concurrent requests", async () => {
      const app = await start([bucket(5)]);
      const statuses = await Promise.all(
        Array.from({ length: 20 }, async () => (await send(app.port)).status),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(5);
      expect(statuses.filter((status) => status === 429)).toHaveLength(15);
    });

    test("keeps the counters of two clients apart", async () => {
      const one = await start([bucket(1)]);
      const two = await start([bucket(1)]);
      expect([
        (await send(one.port)).status,
        (await send(two.port)).status,
        (await send(one.port)).status,
      ]).toEqual([200, 200, 429]);
    });
  });
}
