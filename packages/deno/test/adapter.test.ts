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

it("runs in Deno", () => {
  expect(Deno.version.deno).toBeDefined();
});

describeAdapter({
  name: "Deno",
  serve,
  deviations: {
    "sees the whole path inside a mounted router": "Deno.serve has no router",
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
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, handle);
  return { port: server.addr.port, close: () => server.shutdown() };
}

it("tells its decision and the peer", async () => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({ rules: [], log: quiet, sinks: [(record) => void records.push(record)] });
  const show = (request: Request) => Response.json({ id: decisionOf(request)?.id });
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    withArcjet(aj, show),
  );
  const { body } = await send(server.addr.port);
  await server.shutdown();
  expect(JSON.parse(body)).toEqual({ id: records[0]?.decision.id });
  expect(records[0]?.request.clientKey).toBe("127.0.0.1");
});

it("knows the peer in a handler that only handler() wraps", async () => {
  const records: DecisionRecord[] = [];
  const aj = arcjet({ rules: [], log: quiet, sinks: [(record) => void records.push(record)] });
  const serve = handler(async (request: Request) => Response.json(await aj.protect(request)));
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, serve);
  await send(server.addr.port);
  await server.shutdown();
  expect(records[0]?.request.clientKey).toBe("127.0.0.1");
});

it("lets a handler upgrade the connection, whose response cannot be changed", async () => {
  const once = fixedWindow({ mode: "LIVE", window: 3600, max: 1 });
  const aj = arcjet({ rules: [once], log: quiet });
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    withArcjet(aj, (request: Request) => {
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.addEventListener("message", ({ data }) => socket.send(data));
      return response;
    }),
  );
  const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/`);
  const echoed = new Promise((resolve, reject) => {
    socket.addEventListener("open", () => socket.send("hello"));
    socket.addEventListener("message", ({ data }) => resolve(data));
    socket.addEventListener("error", () => reject(new Error("no connection")));
  });
  await expect(echoed).resolves.toBe("hello");
  socket.close();
  await server.shutdown();
});
