import type { AddressInfo } from "node:net";
import { describeExample } from "@arcjet/conformance";
import { serve } from "@hono/node-server";
import { createApp } from "../app.ts";

describeExample("Hono", async () => {
  const server = serve({ fetch: createApp().fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
});
