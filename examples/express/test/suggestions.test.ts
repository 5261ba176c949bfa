import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { createApp } from "../app.ts";
import { BROWSER, suggestions } from "../suggestions.ts";

test("what the start suggests is answered as it says", async () => {
  vi.stubEnv("ARCJET_ENV", "development");
  onTestFinished(() => void vi.unstubAllEnvs());
  const server = createApp().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  for (const { path, browser, body, after, status, why } of suggestions) {
    const statuses = [];
    for (let i = 0; i <= after; i++) {
      const { status: seen } = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: {
          "user-agent": browser ? BROWSER : "curl/8.14.1",
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { method: "POST", body }),
      });
      statuses.push(seen);
    }
    expect({ why, last: statuses.at(-1) }).toEqual({ why, last: status });
    expect(statuses.slice(0, after)).not.toContain(status);
  }
});
