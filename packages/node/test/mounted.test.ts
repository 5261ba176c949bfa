// connect, polka and restify take what a mount has matched from `url`, and keep the whole in `originalUrl`.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { quiet, send } from "@arcjet/conformance";
import { expect, onTestFinished, test } from "vitest";
import arcjet, { filter } from "../src/index.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const mount =
  (prefix: string, handler: Handler): Handler =>
  (request, response) => {
    const received = request.url ?? "/";
    if (!received.startsWith(prefix)) return void response.writeHead(404).end();
    handler(
      Object.assign(request, { originalUrl: received, url: received.slice(prefix.length) || "/" }),
      response,
    );
  };

test.each([
  ["/admin/users", 403],
  ["/admin", 403],
  ["/admins", 200],
])("a rule on the whole path judges %s below a mount with %i", async (target, status) => {
  const path = "http.request.uri.path.canonical";
  const deny = [`${path} eq "/admin"`, `starts_with(${path}, "/admin/")`];
  const guard = arcjet({ rules: [filter({ mode: "LIVE", deny })], log: quiet }).middleware();
  const server = createServer(
    mount("/admin", (request, response) => guard(request, response, () => response.end("admin"))),
  );
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  expect((await send(port, { target })).status).toBe(status);
});
