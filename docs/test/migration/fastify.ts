// A Fastify app with units of work for each key of its API.
import arcjet, { detectBot, shield, tokenBucket } from "@arcjet/fastify";
import createFastify from "fastify";

const aj = arcjet({
  key: process.env.ARCJET_KEY ?? "ajkey_none",
  characteristics: ['http.request.headers["x-key"]'],
  rules: [
    shield({ mode: "LIVE" }),
    detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE", "CATEGORY:MONITOR"] }),
    tokenBucket({ mode: "LIVE", refillRate: 1, interval: 3600, capacity: 3 }),
  ],
});

export const app = createFastify();

app.get("/", async (request, reply) => {
  const decision = await aj.protect(request, { requested: 2 });
  if (!decision.isDenied()) return { hello: "world" };
  const { reason } = decision;
  if (reason.isRateLimit()) return reply.code(429).send({ remaining: reason.remaining });
  return reply.code(403).send({ bot: reason.isBot(), attack: reason.isShield() });
});
