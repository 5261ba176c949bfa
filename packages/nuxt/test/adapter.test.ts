import type { RequestListener } from "node:http";
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
} from "@arcjet/conformance";
import { readBody, setResponseStatus, type H3Event } from "h3";
import { beforeAll, expect, it } from "vitest";
import arcjet, { withArcjet, type DecisionRecord } from "../src/index.ts";
import type { Suite } from "./app/suite.ts";

const BUILD_MS = 240_000;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
let host: FixtureHost<Suite>;

beforeAll(async () => {
  process.env.NUXT_TELEMETRY_DISABLED = "1";
  buildFixture(path("../node_modules/nuxt/bin/nuxt.mjs"), ["build"], path("app"));
  const { listener }: { listener: RequestListener } = await import(
    path("../node_modules/.fixture/server/index.mjs")
  );
  host = hostFixture(listener);
}, BUILD_MS);

describeAdapter({ name: "Nuxt", serve });

function serve({ options, ways, extra, deniedStatus, reached }: SuiteApp): Promise<SuiteServer> {
  const aj = arcjet(options);
  const routeAj = aj.withRule(extra);
  const onDenied = (event: H3Event) => {
    setResponseStatus(event, deniedStatus ?? 0);
    return { denied: true };
  };
  const guard = deniedStatus === undefined ? {} : { onDenied };
  const client = ways.includes("route") ? routeAj : aj;

  const route = (name: string) => {
    const answer = async (event: H3Event) => {
      if (ways.includes("handler") && (await client.protect(event)).isDenied()) {
        setResponseStatus(event, 403);
        return {};
      }
      reached(name);
      const body: unknown = event.method === "POST" ? await readBody(event) : undefined;
      return { route: name, body };
    };
    const added = ways.includes("wrap") || ways.includes("route");
    return added ? withArcjet(aj, answer, { rules: extra, ...guard }) : answer;
  };
  const middleware = ways.includes("app") ? aj.middleware(guard) : () => undefined;
  return host.serve({ middleware, route });
}

it.each(["/page", "/PAGE/", "/page/_payload.json", "/page/_payload.json?_b=1"])(
  "denies a page and its data alike: %s",
  async (target) => {
    const aj = arcjet({ rules: [denyingPath("/page")], log: quiet });
    const route = () => () => undefined;
    const open = await host.serve({ middleware: () => undefined, route });
    const closed = await host.serve({ middleware: aj.middleware(), route });
    const statuses = [];
    for (const { port } of [open, closed]) statuses.push((await send(port, { target })).status);
    await open.close();
    await closed.close();
    expect(statuses).toEqual([200, 403]);
  },
);

it("denies even when onDenied answers nothing", async () => {
  const aj = arcjet({ rules: [denyingPath("/hello")], log: quiet });
  const reached: string[] = [];
  const server = await host.serve({
    middleware: aj.middleware({ onDenied: () => undefined }),
    route: (name) => () => void reached.push(name),
  });
  const { status } = await send(server.port);
  await server.close();
  expect({ status, reached }).toEqual({ status: 403, reached: [] });
});

it.each([
  ["/_payload.json", "/", ""],
  ["/a/_payload.json?_b=1", "/a", "?_b=1"],
  ["//host/a/_payload.json", "/a", ""],
  ["/a#/_payload.json", "/a", ""],
  ["/a?x=/_payload.json", "/a", "?x=/_payload.json"],
  ["//[/_payload.json", "//[/_payload.json", ""],
])("reads the target %s as the path %s", async (url, path, query) => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({ rules: [], log: quiet, sinks: [(record) => void records.push(record)] });
  // The part of an event that is read.
  const event = { node: { req: { url, headers: {}, socket: {} } } } as unknown as H3Event;
  await aj.protect(event);
  expect(records[0]?.request).toMatchObject({ path, query });
});
