import type { AddressInfo } from "node:net";
import { describeAdapter, type SuiteApp, type SuiteServer } from "@arcjet/conformance";
import { serve as listen } from "@hono/node-server";
import { Hono, type Context, type Handler, type MiddlewareHandler } from "hono";
import arcjet, { withArcjet } from "../src/index.ts";

describeAdapter({ name: "Hono", serve });

async function serve({
  options,
  ways,
  extra,
  deniedStatus,
  reached,
}: SuiteApp): Promise<SuiteServer> {
  const aj = arcjet(options);
  const routeAj = aj.withRule(extra);
  const onDenied = () => Response.json({ denied: true }, { status: deniedStatus ?? 0 });
  const guard = deniedStatus === undefined ? {} : { onDenied };

  const before: MiddlewareHandler = ways.includes("route")
    ? routeAj.middleware(guard)
    : (_, next) => next();
  const route = (name: string): Handler => {
    const answer = async (c: Context) => {
      if (
        ways.includes("handler") &&
        (await (ways.includes("route") ? routeAj : aj).protect(c)).isDenied()
      )
        return c.json({}, 403);
      reached(name);
      return c.json({
        route: name,
        body: c.req.method === "POST" ? await c.req.json() : undefined,
      });
    };
    return ways.includes("wrap") ? withArcjet(aj, answer, { rules: extra, ...guard }) : answer;
  };

  const app = new Hono();
  if (ways.includes("app")) app.use(aj.middleware(guard));
  app.get("/hello", before, route("hello"));
  app.get("/admin", before, route("admin"));
  app.post("/echo", before, route("echo"));
  app.route("/api", new Hono().get("/x", before, route("api")));
  const server = listen({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
