import arcjet, {
  arcjetPlugin,
  detectBot,
  filter,
  shield,
  tokenBucket,
  validateEmail,
} from "@arcjet/fastify";
import fastify, { type FastifyInstance } from "fastify";

/** The app: every request is judged for attacks and bots, some routes by rules of their own. */
export function createApp(): FastifyInstance {
  const aj = arcjet({
    rules: [
      shield({ mode: "LIVE" }),
      detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
      filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
    ],
  });
  const limited = aj.withRule(
    tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 }),
  );
  const signup = aj.withRule(validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] }));

  const app = fastify();
  app.register(arcjetPlugin, { aj });
  app.get("/", async (request) => request.arcjet);
  app.get("/limited", { preHandler: limited.middleware() }, async () => ({
    message: "within the limit",
  }));
  app.get("/admin", async () => ({ message: "nobody gets here" }));
  app.post<{ Body: { email?: string } }>("/signup", async (request, reply) => {
    const decision = await signup.protect(request, { email: String(request.body?.email ?? "") });
    return decision.isDenied()
      ? reply.code(403).send({ error: "this address cannot sign up" })
      : { message: "welcome" };
  });
  return app;
}
