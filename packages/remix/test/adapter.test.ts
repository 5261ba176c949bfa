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
import { createRequestHandler } from "@remix-run/express";
import express from "express";
import type { ServerBuild } from "@remix-run/server-runtime";
import { beforeAll, expect, it } from "vitest";
import arcjet, {
  loadContext,
  withArcjet,
  type DecisionRecord,
  type RouteArgs,
} from "../src/index.ts";
import type { NodeResponse } from "@arcjet/core/node";
import type { Suite } from "./app/app/suite.ts";

const BUILD_MS = 240_000;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
let host: FixtureHost<Suite>;

beforeAll(async () => {
  const cli = path("../node_modules/@remix-run/dev/dist/cli.js");
  buildFixture(cli, ["vite:build"], path("app"));
  const build: ServerBuild = await import(path("../node_modules/.fixture/server/index.js"));
  const app = express();
  // The suite's middleware stands where the app's own would: in front of Remix.
  app.use((request, response, next) =>
    globalThis.arcjetSuite().middleware(request, response, next),
  );
  app.use(createRequestHandler({ build, mode: "production", getLoadContext: loadContext }));
  host = hostFixture(app);
}, BUILD_MS);

describeAdapter({ name: "Remix", serve });

function serve(app: SuiteApp): Promise<SuiteServer> {
  const { options, ways, extra } = app;
  const aj = arcjet(options);
  const guard = webGuard(app);
  const { protect } = ways.includes("route") ? aj.withRule(extra) : aj;
  const handlerOf = webRoutes<RouteArgs>(app, protect, ({ request }) => request);
  const added = ways.includes("wrap") || ways.includes("route");
  const route = (name: string) =>
    added ? withArcjet(aj, handlerOf(name), { rules: extra, ...guard }) : handlerOf(name);
  const answered = {
    onDenied: (_: unknown, response: NodeResponse) => {
      response.statusCode = app.deniedStatus ?? 0;
      response.end("{}");
    },
  };
  const middleware: Suite["middleware"] = ways.includes("app")
    ? aj.middleware(app.deniedStatus === undefined ? {} : answered)
    : (_request, _response, next) => next();
  return host.serve({ middleware, route });
}

it.each(["/page", "/PAGE/", "/page.data", "/page.data?_routes=page", "/%70age.data"])(
  "denies a page and its data alike: %s",
  async (target) => {
    const loaded: string[] = [];
    const aj = arcjet({ rules: [denyingPath("/page")], log: quiet });
    const route = () => async (args: RouteArgs) => {
      loaded.push(args.context.arcjet?.conclusion ?? "");
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
    loaded.push(args.context.arcjet?.conclusion ?? "");
    return {};
  };
  const server = await host.serve({ middleware: aj.middleware(), route });
  const { status } = await send(server.port, { target });
  await server.close();
  expect({ status, loaded }).toEqual({ status: 200, loaded: ["ALLOW"] });
});

it.each(["/page", "/page.data"])("protects the loader of a page: %s", async (target) => {
  const loaded: string[] = [];
  const aj = arcjet({ rules: [denyingPath("/page")], log: quiet });
  const route = () => withArcjet(aj, (args: RouteArgs) => void loaded.push(args.request.url));
  const server = await host.serve({ middleware: (_request, _response, next) => next(), route });
  const { status } = await send(server.port, { target });
  await server.close();
  expect({ status, loaded }).toEqual({ status: 403, loaded: [] });
});

it("reads the web request where the server hands none of Node on", async () => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({ rules: [], log: quiet, sinks: [(record) => void records.push(record)] });
  await aj.protect({ request: new Request("http://localhost/hello?a=1"), context: {} });
  expect(records[0]?.request).toMatchObject({ path: "/hello", query: "?a=1" });
});

it.each([
  ["/_root.data", "/", ""],
  ["/./_root.data?_routes=a", "/", "?_routes=a"],
  ["/a/_root.data", "/a/_root", ""],
  ["/a/b.data?x=1.data", "/a/b", "?x=1.data"],
  ["/a.data#x", "/a", ""],
  ["\\a.data", "/a", ""],
  ["/a.data/b", "/a.data/b", ""],
  ["/a?b.data", "/a", "?b.data"],
  ["http://other.example/a.data", "/a.data", ""],
])("reads the target %s as the path %s", async (url, path, query) => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({ rules: [], log: quiet, sinks: [(record) => void records.push(record)] });
  await aj.protect({ url, headers: {}, socket: {} });
  expect(records[0]?.request).toMatchObject({ path, query });
});
