import arcjet, { tokenBucket, validateEmail } from "@arcjet/express";
import express, { type Express } from "express";
import config from "./arcjet.config.ts";
import { visitorPage } from "./page.ts";

/** The app: every request is judged for attacks and bots, some routes by rules of their own. */
export function createApp(): Express {
  const aj = arcjet(config);
  const limited = aj.withRule(
    tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 }),
  );
  const signup = aj.withRule(validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] }));

  const app = express();
  app.disable("x-powered-by");
  app.use(aj.middleware());
  app.get("/", (_req, res) => void res.type("html").send(visitorPage(res.locals.arcjet)));
  app.get(
    "/limited",
    limited.middleware(),
    (_req, res) => void res.json({ message: "within the limit" }),
  );
  app.get("/admin", (_req, res) => void res.json({ message: "nobody gets here" }));
  app.post("/signup", express.json(), async (req, res) => {
    const decision = await signup.protect(req, { email: String(req.body?.email ?? "") });
    if (!decision.isDenied()) return void res.json({ message: "welcome" });
    const types = decision.reason.isEmail() ? decision.reason.emailTypes : [];
    res.status(403).json({ error: "this address cannot sign up", types });
  });
  return app;
}
