import type { AddressInfo } from "node:net";
import { describeExample } from "@arcjet/conformance";
import { createApp } from "../app.ts";

describeExample("Fastify", async () => {
  const app = createApp();
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
});
