import {
  describeAdapter,
  quiet,
  send,
  type SuiteApp,
  type SuiteServer,
  fetchHandler,
  webGuard,
} from "@arcjet/conformance";
import { expect, it } from "vitest";
import arcjet, {
  decisionOf,
  fixedWindow,
  handler,
  withArcjet,
  type DecisionRecord,
} from "../src/index.ts";

it("runs in Bun", () => {
  expect(process.versions.bun).toBeDefined();
});

describeAdapter({
  name: "Bun",
  serve,
  deviations: {
    "sees the whole path inside a mounted router": "Bun's routes have no prefix",
  },
});

async function serve(app: SuiteApp): Promise<SuiteServer> {
  const { options, ways, extra } = app;
  const aj = arcjet(options);
  const routeAj = aj.withRule(extra);
  const guard = webGuard(app);
  const answer = fetchHandler(app, (ways.includes("route") ? routeAj : aj).protect);
  let handle = ways.includes("wrap") ? withArcjet(aj, answer, { rules: extra, ...guard }) : answer;
  if (ways.includes("route")) handle = routeAj.middleware(guard)(handle);
  if (ways.includes("app")) handle = aj.middleware(guard)(handle);
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: handle });
  return { port: server.port ?? 0, close: () => server.stop() };
}

const once = () => fixedWindow({ mode: "LIVE", window: 3600, max: 1 });

it("protects one of Bun's routes, and tells its decision and the peer", async () => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({
    rules: [once()],
    log: quiet,
    sinks: [(record) => void records.push(record)],
  });
  const show = (request: Request) => Response.json({ id: decisionOf(request)?.id });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    routes: { "/users/:id": withArcjet(aj, show) },
    fetch: () => new Response(null, { status: 404 }),
  });
  const allowed = await send(server.port ?? 0, { target: "/users/1" });
  const limited = await send(server.port ?? 0, { target: "/users/2" });
  await server.stop();
  expect([allowed.status, limited.status]).toEqual([200, 429]);
  expect(JSON.parse(allowed.body)).toEqual({ id: records[0]?.decision.id });
  expect(records.map(({ request }) => request.clientKey)).toEqual(["127.0.0.1", "127.0.0.1"]);
});

it("knows the peer in a handler that only handler() wraps", async () => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({ rules: [], log: quiet, sinks: [(record) => void records.push(record)] });
  const fetch = handler(async (request: Request) => Response.json(await aj.protect(request)));
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch });
  await send(server.port ?? 0);
  await server.stop();
  expect(records[0]?.request.clientKey).toBe("127.0.0.1");
});

it("lets a handler upgrade the connection, which answers nothing", async () => {
  const aj = arcjet({ rules: [once()], log: quiet });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: withArcjet(aj, (request: Request, bun: Bun.Server<undefined>) =>
      bun.upgrade(request) ? undefined : new Response(null, { status: 400 }),
    ),
    websocket: { message: (socket, text) => void socket.send(text) },
  });
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/`);
  const echoed = new Promise((resolve, reject) => {
    socket.addEventListener("open", () => socket.send("hello"));
    socket.addEventListener("message", ({ data }) => resolve(data));
    socket.addEventListener("error", () => reject(new Error("no connection")));
  });
  await expect(echoed).resolves.toBe("hello");
  socket.close();
  await server.stop(true);
});
