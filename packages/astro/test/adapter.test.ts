import type { RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import {
  allowing,
  buildFixture,
  denyingPath,
  describeAdapter,
  hostFixture,
  quiet,
  send,
  type FixtureHost,
  type SuiteApp,
  type SuiteServer,
  webGuard,
  webRoutes,
} from "@arcjet/conformance";
import type { APIContext } from "astro";
import { beforeAll, expect, it } from "vitest";
import arcjet, { withArcjet, type DecisionRecord } from "../src/index.ts";
import type { Suite } from "./app/src/suite.ts";

const BUILD_MS = 240_000;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
let host: FixtureHost<Suite>;

beforeAll(async () => {
  process.env.ASTRO_TELEMETRY_DISABLED = "1";
  buildFixture(path("../node_modules/astro/bin/astro.mjs"), ["build"], path("app"));
  const { handler }: { handler: RequestListener } = await import(
    path("../node_modules/.fixture/server/entry.mjs")
  );
  host = hostFixture(handler);
}, BUILD_MS);

describeAdapter({
  name: "Astro",
  serve,
  deviations: {
    "reads the path of an absolute-form target":
      "Astro's Node adapter takes an absolute-form target for / and routes it there",
  },
});

function serve(app: SuiteApp): Promise<SuiteServer> {
  const { options, ways, extra } = app;
  const aj = arcjet(options);
  const guard = webGuard(app);
  const { protect } = ways.includes("route") ? aj.withRule(extra) : aj;
  const handlerOf = webRoutes<APIContext>(app, protect, ({ request }) => request);
  const added = ways.includes("wrap") || ways.includes("route");
  const route = (name: string) =>
    added ? withArcjet(aj, handlerOf(name), { rules: extra, ...guard }) : handlerOf(name);
  const onRequest: Suite["onRequest"] = ways.includes("app")
    ? aj.middleware(guard)
    : (_, next) => next();
  return host.serve({ onRequest, route });
}

it.each(["/%2561dmin", "/%252561dmin", "/%2561dmin?x=1", "/%25%36%31dmin"])(
  "denies a path that only Astro's repeated decoding makes a known one: %s",
  async (target) => {
    const reached: string[] = [];
    const app = { extra: [], reached: (route: string) => void reached.push(route) };
    const options = { rules: [denyingPath("/admin")], log: quiet };
    const open = await serve({ ...app, options, ways: [] });
    const closed = await serve({ ...app, options, ways: ["app"] });
    const statuses = [];
    for (const { port } of [open, closed]) statuses.push((await send(port, { target })).status);
    await open.close();
    await closed.close();
    expect(statuses).toEqual([200, 403]);
    expect(reached).toEqual(["admin"]);
  },
);

it("hands a page the decision, and protects in a page", async () => {
  const records: DecisionRecord[] = [];
  const rules = [allowing().rule];
  const aj = arcjet({ rules, log: quiet, sinks: [(record) => void records.push(record)] });
  const server = await host.serve({
    onRequest: aj.middleware(),
    route: () => () => new Response(),
    page: async (astro) => ({
      id: astro.locals.arcjet.id,
      allowed: (await aj.protect(astro)).isAllowed(),
    }),
  });
  const { body } = await send(server.port, { target: "/page" });
  await server.close();
  expect(body).toContain(records[0]?.decision.id);
  expect(body).toContain("true");
});

it.each([
  ["127.0.0.1", []],
  ["unknown", ["X-Forwarded-For: 127.0.0.1, 203.0.113.7"]],
])("counts a client by %s when it sends %j", async (key, headers) => {
  const records: DecisionRecord[] = [];
  const rules = [allowing().rule];
  const aj = arcjet({ rules, log: quiet, sinks: [(record) => void records.push(record)] });
  const server = await host.serve({
    onRequest: aj.middleware(),
    route: () => () => new Response(),
  });
  await send(server.port, { headers });
  await server.close();
  expect(records[0]?.request.clientKey).toBe(key);
});
