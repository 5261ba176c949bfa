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
import type { RequestEvent } from "@sveltejs/kit";
import { beforeAll, expect, it } from "vitest";
import arcjet, { withArcjet, type DecisionRecord } from "../src/index.ts";
import type { Suite } from "./app/src/suite.ts";

const BUILD_MS = 240_000;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
let host: FixtureHost<Suite>;

beforeAll(async () => {
  buildFixture(path("../node_modules/vite/bin/vite.js"), ["build"], path("app"));
  const { handler }: { handler: RequestListener } = await import(
    path("../node_modules/.fixture/handler.js")
  );
  host = hostFixture(handler);
}, BUILD_MS);

describeAdapter({
  name: "SvelteKit",
  serve,
  deviations: {
    "reads the path of an absolute-form target":
      "SvelteKit's Node adapter joins the target to its own origin and refuses the result",
  },
});

function serve(app: SuiteApp): Promise<SuiteServer> {
  const { options, ways, extra } = app;
  const aj = arcjet(options);
  const guard = webGuard(app);
  const { protect } = ways.includes("route") ? aj.withRule(extra) : aj;
  const handlerOf = webRoutes<RequestEvent>(app, protect, ({ request }) => request);
  const added = ways.includes("wrap") || ways.includes("route");
  const route = (name: string) =>
    added ? withArcjet(aj, handlerOf(name), { rules: extra, ...guard }) : handlerOf(name);
  const handle: Suite["handle"] = ways.includes("app")
    ? aj.middleware(guard)
    : ({ event, resolve }) => resolve(event);
  return host.serve({ handle, route });
}

it.each(["/page", "/page/__data.json", "/page/__data.json?x-sveltekit-invalidated=1"])(
  "denies a page and its data alike: %s",
  async (target) => {
    const loaded: string[] = [];
    const aj = arcjet({ rules: [denyingPath("/page")], log: quiet });
    const server = await host.serve({
      handle: aj.middleware(),
      route: () => () => new Response(),
      load: ({ url }) => void loaded.push(url.pathname),
    });
    const { status } = await send(server.port, { target });
    await server.close();
    expect({ status, loaded }).toEqual({ status: 403, loaded: [] });
  },
);

it("judges a request of a visitor, and not what the app fetches from itself for it", async () => {
  const records: DecisionRecord[] = [];
  const rules = [allowing().rule];
  const aj = arcjet({ rules, log: quiet, sinks: [(record) => void records.push(record)] });
  let fetched = 0;
  const server = await host.serve({
    handle: aj.middleware(),
    route: () => () => new Response("hello"),
    load: async ({ fetch, locals }) => {
      fetched = (await fetch("/hello")).status;
      return { id: locals.arcjet.id };
    },
  });
  const { body } = await send(server.port, { target: "/page" });
  await server.close();
  expect(fetched).toBe(200);
  expect(records.map(({ request }) => request.path)).toEqual(["/page"]);
  expect(body).toContain(records[0]?.decision.id);
  expect(records[0]?.request.clientKey).toContain("127.0.0.1");
});
