// Options of the router change which spellings of a path reach a handler.
import type { AddressInfo } from "node:net";
import { send } from "@arcjet/conformance";
import fastify, { type FastifyServerOptions } from "fastify";
import { expect, onTestFinished, test } from "vitest";
import arcjet, { arcjetPlugin, filter } from "../src/index.ts";

const path = "http.request.uri.path.canonical";
const deny = [`${path} eq "/admin"`, `starts_with(${path}, "/files/secret")`];

test.each<[string, FastifyServerOptions, string]>([
  ["ignores case", { routerOptions: { caseSensitive: false } }, "/ADMIN"],
  ["ignores case, as older options say", { caseSensitive: false }, "/Admin"],
  ["ends a path at a semicolon", { useSemicolonDelimiter: true }, "/admin;x=1"],
  [
    "is told of case and semicolons at different places",
    { useSemicolonDelimiter: true, routerOptions: { caseSensitive: false } },
    "/Admin;x=1",
  ],
  ["does not resolve dot segments", {}, "/files/secret/../x"],
])("a router that %s", async (_, options, target) => {
  const statuses = [];
  for (const isProtected of [false, true]) {
    const app = fastify(options);
    if (isProtected)
      app.register(arcjetPlugin, { aj: arcjet({ rules: [filter({ mode: "LIVE", deny })] }) });
    app.get("/admin", async () => "admin");
    app.get("/files/*", async () => "a file");
    onTestFinished(() => app.close());
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    statuses.push((await send(port, { target })).status);
  }
  expect(statuses).toEqual([200, 403]);
});

test("a router that minds case takes another spelling for another path", async () => {
  const app = fastify();
  app.register(arcjetPlugin, { aj: arcjet({ rules: [filter({ mode: "LIVE", deny })] }) });
  app.get("/ADMIN", async () => "no admin");
  onTestFinished(() => app.close());
  const headers = { "user-agent": "Mozilla/5.0", accept: "*/*" };
  expect((await app.inject({ url: "/ADMIN", headers })).statusCode).toBe(200);
  expect((await app.inject({ url: "/admin", headers })).statusCode).toBe(403);
});
