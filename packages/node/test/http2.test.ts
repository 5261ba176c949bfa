import { connect, createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { quiet } from "@arcjet/conformance";
import { expect, it } from "vitest";
import arcjet, { filter } from "../src/index.ts";

it("reads the host of HTTP/2 from :authority, and takes no pseudo-header for a header", async () => {
  const deny = ['http.host eq "denied.example"', 'len(http.request.headers[":path"]) > 0'];
  const aj = arcjet({ rules: [filter({ mode: "LIVE", deny })], log: quiet });
  const guard = aj.middleware();
  const server = createServer((request, response) =>
    guard(request, response, () => response.end("hello")),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = connect(`http://127.0.0.1:${port}`);
  const ask = async (authority: string): Promise<unknown> => {
    const stream = client.request({ ":path": "/", ":authority": authority });
    const status = new Promise((resolve) =>
      stream.once("response", (headers) => resolve(headers[":status"])),
    );
    await text(stream);
    return status;
  };
  expect([await ask("denied.example"), await ask("allowed.example")]).toEqual([403, 200]);
  client.close();
  await new Promise((resolve) => server.close(resolve));
});
