import type { AddressInfo } from "node:net";
import { describeExample } from "@arcjet/conformance";
import { createApp } from "../app.ts";

describeExample("Express", async () => {
  const server = createApp().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
});
