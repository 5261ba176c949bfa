import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { describeAdapter, type SuiteApp, type SuiteServer } from "@arcjet/conformance";
import arcjet, { withArcjet, type NodeRequest, type NodeResponse } from "../src/index.ts";

describeAdapter({
  name: "Node",
  serve,
  deviations: { "sees the whole path inside a mounted router": "node:http has no router" },
});

type Next = (request: IncomingMessage, response: ServerResponse) => void;
const ROUTES: Readonly<Record<string, string>> = {
  "/hello": "hello",
  "/admin": "admin",
  "/echo": "echo",
};

async function serve({
  options,
  ways,
  extra,
  deniedStatus,
  reached,
}: SuiteApp): Promise<SuiteServer> {
  const aj = arcjet(options);
  const routeAj = aj.withRule(extra);
  const onDenied = (_: NodeRequest, response: NodeResponse) => {
    response.statusCode = deniedStatus ?? 0;
    response.end("{}");
  };
  const guard = deniedStatus === undefined ? {} : { onDenied };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = ROUTES[new URL(request.url ?? "/", "http://localhost").pathname];
    response.setHeader("content-type", "application/json");
    if (route === undefined) return void response.writeHead(404).end("{}");
    if (
      ways.includes("handler") &&
      (await (ways.includes("route") ? routeAj : aj).protect(request)).isDenied()
    )
      return void response.writeHead(403).end("{}");
    reached(route);
    response.end(
      JSON.stringify({ route, body: request.method === "POST" ? await json(request) : undefined }),
    );
  };
  const behind =
    (middleware: ReturnType<typeof aj.middleware>, next: Next): Next =>
    (request, response) =>
      middleware(request, response, () => next(request, response));

  let handler: Next = ways.includes("wrap")
    ? withArcjet(aj, answer, { rules: extra, ...guard })
    : (request, response) => void answer(request, response);
  if (ways.includes("route")) handler = behind(routeAj.middleware(guard), handler);
  if (ways.includes("app")) handler = behind(aj.middleware(guard), handler);
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
