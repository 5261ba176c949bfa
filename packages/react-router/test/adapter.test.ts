import { fileURLToPath } from "node:url";
import {
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
import { createRequestHandler } from "@react-router/express";
import express from "express";
import { RouterContextProvider, type ServerBuild } from "react-router";
import { beforeAll, expect, it } from "vitest";
import arcjet, {
  arcjetContext,
  nodeRequestContext,
  withArcjet,
  type DecisionRecord,
  type RouteArgs,
} from "../src/index.ts";
import type { Suite } from "./app/app/suite.ts";

const BUILD_MS = 240_000;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
let host: FixtureHost<Suite>;

beforeAll(async () => {
  const cli = path("../node_modules/@react-router/dev/bin.cjs");
  buildFixture(cli, ["build"], path("app"));
  const build: ServerBuild = await import(path("../node_modules/.fixture/server/index.js"));
  const app = express();
  const getLoadContext = (request: express.Request) =>
    new RouterContextProvider(new Map([[nodeRequestContext, request]]));
  app.use(createRequestHandler({ build, mode: "production", getLoadContext }));
  host = hostFixture(app);
}, BUILD_MS);

describeAdapter({
  name: "React Router",
  serve,
  deviations: {
    "reads the path of an absolute-form target":
      "React Router's servers join the target to their own origin and refuse the result",
  },
});

function serve(app: SuiteApp): Promise<SuiteServer> {
  const { options, ways, extra } = app;
  const aj = arcjet(options);
  const guard = webGuard(app);
  const { protect } = ways.includes("route") ? aj.withRule(extra) : aj;
  const handlerOf = webRoutes<RouteArgs>(app, protect, ({ request }) => request);
  const added = ways.includes("wrap") || ways.includes("route");
  const route = (name: string) =>
    added ? withArcjet(aj, handlerOf(name), { rules: extra, ...guard }) : handlerOf(name);
  const middleware: Suite["middleware"] = ways.includes("app")
    ? aj.middleware(guard)
    : (_, next) => next();
  return host.serve({ middleware, route });
}

it.each(["/page", "/PAGE/", "/page.data", "/page.data?_routes=page", "/%70age.data"])(
  "denies a page and its data alike: %s",
  async (target) => {
    const loaded: string[] = [];
    const aj = arcjet({ rules: [denyingPath("/page")], log: quiet });
    const route = () => async (args: RouteArgs) => {
      loaded.push(args.context.get(arcjetContext).conclusion);
      return {};
    };
    const server = await host.serve({ middleware: aj.middleware(), route });
    const { status } = await send(server.port, { target });
    await server.close();
    expect({ status, loaded }).toEqual({ status: 403, loaded: [] });
  },
);

it.each(["/page", "/page.data"])("hands the loader the decision: %s", async (target) => {
  const loaded: string[] = [];
  const aj = arcjet({ rules: [], log: quiet });
  const route = () => async (args: RouteArgs) => {
    loaded.push(args.context.get(arcjetContext).conclusion);
    return {};
  };
  const server = await host.serve({ middleware: aj.middleware(), route });
  const { status } = await send(server.port, { target });
  await server.close();
  expect({ status, loaded }).toEqual({ status: 200, loaded: ["ALLOW"] });
});

it("reads the web request where the server hands none of Node on", async () => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({ rules: [], log: quiet, sinks: [(record) => void records.push(record)] });
  const request = new Request("http://localhost/hello?a=1");
  const context = new RouterContextProvider();
  await aj.protect({ request, url: new URL(request.url), context });
  expect(records[0]?.request).toMatchObject({ path: "/hello", query: "?a=1" });
  expect(records[0]?.decision.isAllowed()).toBe(true);
});
