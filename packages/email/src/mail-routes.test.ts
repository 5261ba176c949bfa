import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type DnsServer, type RecordType, type Reply, startDnsServer } from "../test/dns-server.ts";
import type { Timer } from "./deadline.ts";
import { MAX_IN_FLIGHT, MAX_REMEMBERED } from "./look-ups.ts";
import { createMailRoutes } from "./mail-routes.ts";
import { createNodeResolve } from "./node-resolve.ts";
import type { DnsAnswer, MailRoute, Resolve } from "./ports.ts";

const nothing: Reply = { code: "NOERROR", records: [] };
const replies: Readonly<Record<string, Reply>> = {
  "MX found.example": { code: "NOERROR", records: ["mx1.found.example", "mx2.found.example"] },
  "MX null.example": { code: "NOERROR", records: ["."] },
  "MX missing.example": { code: "NXDOMAIN" },
  "MX broken.example": { code: "SERVFAIL" },
  "MX silent.example": "silence",
  "A address.example": { code: "NOERROR", records: ["192.0.2.1"] },
  "AAAA address6.example": { code: "NOERROR", records: ["2001:db8:0:0:0:0:0:1"] },
  "A half.example": { code: "SERVFAIL" },
  "A oneway.example": { code: "NOERROR", records: ["192.0.2.1"] },
  "AAAA oneway.example": "silence",
  "A torn.example": { code: "SERVFAIL" },
  "AAAA torn.example": { code: "NOERROR", records: ["2001:db8:0:0:0:0:0:1"] },
};

describe("with a DNS server", () => {
  let server: DnsServer;
  beforeAll(async () => {
    server = await startDnsServer(
      (name: string, type: RecordType) => replies[`${type} ${name}`] ?? nothing,
    );
  });
  afterAll(() => server.close());
  const routes = (timer?: Timer): ReturnType<typeof createMailRoutes> =>
    createMailRoutes({
      resolve: createNodeResolve({ servers: [server.address], timeoutMs: 5_000 }),
      timeoutMs: 4_000,
      ...(timer && { timer }),
    });

  test.each<[string, MailRoute, string]>([
    ["found.example", "found", "MX records"],
    ["null.example", "none", "a null MX"],
    ["missing.example", "none", "NXDOMAIN"],
    ["broken.example", "unknown", "SERVFAIL"],
    ["address.example", "found", "no MX but an IPv4 address"],
    ["address6.example", "found", "no MX but an IPv6 address"],
    ["empty.example", "none", "neither MX nor address"],
    ["oneway.example", "found", "no MX, one address, and no answer about the other"],
    ["torn.example", "found", "no MX, one address, and a failure about the other"],
    ["half.example", "unknown", "no MX and an address that could not be asked for"],
  ])("%s is %s: %s", async (domain, route) => {
    expect(await routes().lookup(domain)).toBe(route);
  });

  test("a server that does not answer in time leaves the route unknown", async () => {
    let expire = (): void => {};
    const timer: Timer = (callback) => {
      expire = callback;
      return () => {};
    };
    const answer = routes(timer).lookup("silent.example");
    expire();
    expect(await answer).toBe("unknown");
  });

  test("a thousand look-ups of one domain ask one question", async () => {
    const before = server.asked.length;
    const shared = routes();
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => shared.lookup("found.example")),
    );
    expect(new Set(answers)).toEqual(new Set(["found"]));
    const questions = server.asked.slice(before).filter((question) => question.includes("found"));
    expect(questions).toEqual(["MX found.example"]);
  });

  test("wrong servers throw when the resolver is built", () => {
    expect(() => createNodeResolve({ servers: ["no address"] })).toThrow(/IP address/);
  });
});

describe("memory", () => {
  const found: DnsAnswer = { status: "found", values: ["mx.example"] };
  const answering = (answer: DnsAnswer): ReturnType<typeof vi.fn<Resolve>> =>
    vi.fn<Resolve>(async () => answer);

  test.each<[MailRoute, DnsAnswer, number]>([
    ["found", found, 3_600_000],
    ["none", { status: "none", nameExists: false }, 600_000],
    ["unknown", { status: "unknown" }, 10_000],
  ])("%s is remembered as long as it should", async (route, answer, ms) => {
    let time = 0;
    const resolve = answering(answer);
    const routes = createMailRoutes({ resolve, now: () => time });
    await routes.lookup("a.example");
    time = ms - 1;
    expect(routes.lookup("a.example")).toBe(route);
    time = ms;
    expect(routes.lookup("a.example")).toBeInstanceOf(Promise);
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  test("the oldest domain is forgotten for one above the limit", async () => {
    const routes = createMailRoutes({ resolve: answering(found), now: () => 0 });
    for (let i = 0; i < MAX_REMEMBERED; i++) await routes.lookup(`d${i}.example`);
    expect(routes.lookup("d0.example")).toBe("found");
    await routes.lookup("new.example");
    expect(routes.lookup("d1.example")).toBe("found");
    expect(routes.lookup("d0.example")).toBeInstanceOf(Promise);
  });

  test("look-ups above the limit are unknown at once and remembered as nothing", async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const routes = createMailRoutes({
      resolve: async () => {
        await gate;
        return found;
      },
    });
    const waiting = Array.from({ length: MAX_IN_FLIGHT }, (_, i) => routes.lookup(`d${i}.example`));
    expect(routes.lookup("more.example")).toBe("unknown");
    release();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["found"]));
    expect(await routes.lookup("more.example")).toBe("found");
  });

  test("a resolver that breaks its promise is a failure like any other", async () => {
    const routes = createMailRoutes({ resolve: () => Promise.reject(new Error("boom")) });
    expect(await routes.lookup("a.example")).toBe("unknown");
  });

  test.each([0, -1, 1.5, Number.NaN])("a time-out of %d is refused", (timeoutMs) => {
    expect(() => createMailRoutes({ timeoutMs })).toThrow(
      /`timeoutMs` is .*expected whole milliseconds from 1/,
    );
  });

  test("without node:dns every route is unknown", async () => {
    vi.stubGlobal("process", { ...process, getBuiltinModule: undefined });
    const routes = createMailRoutes();
    vi.unstubAllGlobals();
    expect(await routes.lookup("example.com")).toBe("unknown");
  });
});
