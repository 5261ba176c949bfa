// Hono without Node's server, as on Workers, Deno and Bun.
import { quiet } from "@arcjet/conformance";
import { Hono, type Handler } from "hono";
import { expect, test } from "vitest";
import arcjet, { filter, fixedWindow, withArcjet } from "../src/index.ts";

const aj = () =>
  arcjet({ rules: [fixedWindow({ mode: "LIVE", window: 60, max: 10 })], log: quiet });

test.each<[string, Handler]>([
  ["the context makes", (c) => c.text("hello")],
  ["a handler makes itself", () => new Response("hello")],
  ["cannot be changed", () => Response.redirect("http://localhost/")],
  [
    "an error handler makes",
    () => {
      throw new Error("broken");
    },
  ],
])("a response that %s has the rate limit fields", async (_, handler) => {
  const app = new Hono().onError(() => new Response("", { status: 500 }));
  app.get("/app", aj().middleware(), handler);
  app.get("/wrapped", aj().middleware(), withArcjet(aj(), handler));
  for (const path of ["/app", "/wrapped"]) {
    const { headers } = await app.request(path);
    expect(headers.get("ratelimit")).toBe("limit=10, remaining=9, reset=60");
  }
});

test("a response for which no route was found has them too", async () => {
  const app = new Hono().use(aj().middleware());
  const { status, headers } = await app.request("/nothing");
  expect([status, headers.get("ratelimit-policy")]).toEqual([404, "10;w=60"]);
});

test("an onDenied that gives nothing leaves the answer to the adapter", async () => {
  const deny = ['http.request.method eq "GET"'];
  const shut = arcjet({ rules: [filter({ mode: "LIVE", deny })], log: quiet });
  // Programs in JavaScript are not kept from it by the type.
  const onDenied = (async () => undefined) as unknown as () => Promise<Response>;
  const app = new Hono().use(shut.middleware({ onDenied })).get("/", (c) => c.text("reached"));
  expect((await app.request("/")).status).toBe(403);
});
