import "./async-local-storage.ts";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import {
  allowing,
  denyingPath,
  describeAdapter,
  quiet,
  send,
  type SuiteApp,
  type SuiteServer,
  webGuard,
  webRoutes,
} from "@arcjet/conformance";
import next from "next";
import type { NextFetchEvent, NextRequest } from "next/server.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import arcjet, {
  createProxy,
  request as currentRequest,
  withArcjet,
  type DecisionRecord,
} from "../src/index.ts";
import "./app/suite.ts";

// The types describe a default export of a module; at run time the module is the function itself.
const createNext = next as unknown as typeof next.default;
const BUILD_MS = 240_000;
const dir = fileURLToPath(new URL("app", import.meta.url));
let server: Server;
let app: ReturnType<typeof createNext>;

async function startNext(): Promise<void> {
  const cli = fileURLToPath(new URL("../node_modules/next/dist/bin/next", import.meta.url));
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const built = spawnSync(process.execPath, [cli, "build"], { cwd: dir, env, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`next build failed:\n${built.stdout}\n${built.stderr}`);
  app = createNext({ dev: false, dir, quiet: true });
  await app.prepare();
  const handle = app.getRequestHandler();
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}

beforeAll(startNext, BUILD_MS);
afterAll(async () => {
  server?.close();
  await app?.close();
});

const DIFFERENT = "the proxy and the handler of Next.js get different request objects";
const PARSED = "Next.js parses and redirects the target before it calls anything";
describeAdapter({
  name: "Next.js",
  serve,
  deviations: {
    "evaluates a rule once however many middlewares see the request": DIFFERENT,
    "hands the path and the query on as received": PARSED,
    "keeps the counters of two clients apart":
      "one Next.js server runs in the process, with one client at a time",
    "reads the path of an absolute-form target": PARSED,
  },
});

async function serve(app: SuiteApp): Promise<SuiteServer> {
  const { options, ways, extra, reached } = app;
  const aj = arcjet(options);
  const guard = webGuard(app);
  const { protect } = ways.includes("route") ? aj.withRule(extra) : aj;
  const handlerOf = webRoutes<NextRequest>(app, protect, (request) => request);
  const added = ways.includes("wrap") || ways.includes("route");
  const route = (name: string) =>
    added ? withArcjet(aj, handlerOf(name), { rules: extra, ...guard }) : handlerOf(name);
  const pass = () => new Response(null, { headers: { "x-middleware-next": "1" } });
  const proxy = ways.includes("app") ? createProxy(aj, guard) : pass;
  globalThis.arcjetSuite = { proxy, route, rendered: reached };
  return { port: (server.address() as AddressInfo).port, close: async () => {} };
}

it("reads the headers of the request a server action or page runs for", async () => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({
    rules: [allowing().rule],
    log: quiet,
    sinks: [(record) => void records.push(record)],
  });
  const answer = async () => Response.json({ id: (await aj.protect(await currentRequest())).id });
  globalThis.arcjetSuite = {
    proxy: () => new Response(null, { headers: { "x-middleware-next": "1" } }),
    route: () => answer,
    rendered: () => {},
  };
  const { body } = await send((server.address() as AddressInfo).port, { headers: ["X-Seen: yes"] });
  expect(JSON.parse(body)).toEqual({ id: records[0]?.decision.id });
  expect(records[0]?.request.headers.get("x-seen")).toBe("yes");
});

it.each([
  ["/page", "/page", []],
  ["/page", "/_next/data/BUILD/page.json", []],
  ["/page", "/x/../_next/data/BUILD/page.json?x=1", ["x-nextjs-data: 1"]],
  ["/view", "/view", []],
  // What a visitor's browser asks for who comes from another page.
  ["/view", "/view?_rsc", ["RSC: 1"]],
])("denies the page %s and its data alike: %s %j", async (page, target, headers) => {
  const { port } = server.address() as AddressInfo;
  const build = readFileSync(new URL("app/.next/BUILD_ID", import.meta.url), "utf8");
  const seen: string[][] = [];
  for (const rules of [[], [denyingPath(page)]]) {
    const rendered: string[] = [];
    globalThis.arcjetSuite = {
      proxy: createProxy(arcjet({ rules, log: quiet })),
      route: () => () => new Response(),
      rendered: (name) => void rendered.push(`/${name}`),
    };
    await send(port, { target: target.replace("BUILD", build), headers });
    seen.push(rendered);
  }
  expect(seen).toEqual([[page], []]);
});

it("hands the request on to a proxy of the app's own, with its event", async () => {
  const given: unknown[] = [];
  const existing = (request: NextRequest, event: NextFetchEvent): undefined => {
    given.push(request.nextUrl.pathname, typeof event.waitUntil);
  };
  globalThis.arcjetSuite = {
    proxy: createProxy(arcjet({ rules: [], log: quiet }), { existing }),
    route: (name) => () => Response.json({ route: name }),
    rendered: () => {},
  };
  const { body } = await send((server.address() as AddressInfo).port, { target: "/hello" });
  expect(JSON.parse(body)).toEqual({ route: "hello" });
  expect(given).toEqual(["/hello", "function"]);
});
