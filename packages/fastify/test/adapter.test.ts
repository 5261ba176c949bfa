import type { AddressInfo } from "node:net";
import { describeAdapter, type SuiteApp, type SuiteServer } from "@arcjet/conformance";
import fastify, { type FastifyReply, type FastifyRequest, type RouteHandlerMethod } from "fastify";
import arcjet, { arcjetPlugin, withArcjet } from "../src/index.ts";

describeAdapter({ name: "Fastify", serve });

async function serve({
  options,
  ways,
  extra,
  deniedStatus,
  reached,
}: SuiteApp): Promise<SuiteServer> {
  const aj = arcjet(options);
  const routeAj = aj.withRule(extra);
  const onDenied = (_: FastifyRequest, reply: FastifyReply) =>
    reply.code(deniedStatus ?? 0).send({ denied: true });
  const guard = deniedStatus === undefined ? {} : { onDenied };

  const route = (name: string) => {
    const answer: RouteHandlerMethod = async (request, reply) => {
      if (
        ways.includes("handler") &&
        (await (ways.includes("route") ? routeAj : aj).protect(request)).isDenied()
      )
        return reply.code(403).send();
      reached(name);
      return { route: name, body: request.body };
    };
    if (ways.includes("wrap"))
      return { handler: withArcjet(aj, answer, { rules: extra, ...guard }) };
    return ways.includes("route")
      ? { preHandler: routeAj.middleware(guard), handler: answer }
      : { handler: answer };
  };

  const app = fastify({
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
  });
  if (ways.includes("app")) app.register(arcjetPlugin, { aj, ...guard });
  app.route({ method: "GET", url: "/hello", ...route("hello") });
  app.route({ method: "GET", url: "/admin", ...route("admin") });
  app.route({ method: "POST", url: "/echo", ...route("echo") });
  app.register(async (api) => void api.route({ method: "GET", url: "/x", ...route("api") }), {
    prefix: "/api",
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
}
