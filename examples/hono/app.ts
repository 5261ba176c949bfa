import arcjet, { detectBot, filter, shield, tokenBucket, validateEmail } from "@arcjet/hono";
import { Hono } from "hono";

/** The app: every request is judged for attacks and bots, some routes by rules of their own. */
export function createApp(): Hono {
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

  const app = new Hono();
  app.use(aj.middleware());
  app.get("/", (c) => c.json(c.get("arcjet")));
  app.get("/limited", limited.middleware(), (c) => c.json({ message: "within the limit" }));
  app.get("/admin", (c) => c.json({ message: "nobody gets here" }));
  app.post("/signup", async (c) => {
    const { email = "" } = await c.req.json<{ email?: string }>();
    const decision = await signup.protect(c, { email });
    return decision.isDenied()
      ? c.json({ error: "this address cannot sign up" }, 403)
      : c.json({ message: "welcome" });
  });
  return app;
}
