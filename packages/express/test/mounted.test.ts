// A router that is mounted takes every path below it, before anything resolves dot segments.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { send } from "@arcjet/conformance";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import arcjet, { filter } from "../src/index.ts";

test.each([
  "/admin",
  "/admin/x",
  "/ADMIN/x",
  "/admin/..",
  "/admin/../x",
  "/admin/users/../../x",
  "/admin/%2e%2e/x",
  "/admin/..%2fx",
])("%s reaches a mounted router, and is denied by a rule on its prefix", async (target) => {
  const path = "http.request.uri.path.canonical";
  const deny = [`${path} eq "/admin"`, `starts_with(${path}, "/admin/")`];
  const protection = arcjet({ rules: [filter({ mode: "LIVE", deny })] }).middleware();
  const statuses = [];
  for (const guards of [[], [protection]]) {
    const app = express();
    for (const guard of guards) app.use(guard);
    app.use("/admin", (_req, res) => void res.send("admin"));
    const server = app.listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    statuses.push((await send(port, { target })).status);
  }
  expect(statuses).toEqual([200, 403]);
});
