// A form for sign-ups, which tells people what is wrong with their address.
import type { IncomingMessage, ServerResponse } from "node:http";
import arcjet, { ArcjetEmailReason, detectBot, protectSignup, validateEmail } from "@arcjet/node";

const signup = arcjet({
  key: process.env.ARCJET_KEY ?? "ajkey_none",
  rules: [
    protectSignup({
      rateLimit: { mode: "LIVE", interval: "10m", max: 5 },
      bots: { mode: "LIVE", allow: [] },
      email: { mode: "LIVE", deny: ["DISPOSABLE", "INVALID"] },
    }),
  ],
});
const lenient = arcjet({
  key: process.env.ARCJET_KEY ?? "ajkey_none",
  rules: [
    detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE", "CURL"] }),
    validateEmail({ mode: "LIVE", deny: ["INVALID"] }),
  ],
});

export async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const email = String(request.headers["x-email"]);
  const client = request.url === "/lenient" ? lenient : signup;
  const decision = await client.protect(request, { email });
  if (!decision.isDenied()) return void response.end("welcome");
  const { reason } = decision;
  response.statusCode = reason.isRateLimit() ? 429 : reason.isBot() ? 403 : 400;
  if (reason instanceof ArcjetEmailReason) response.setHeader("x-types", reason.emailTypes.join());
  response.end(reason.isBot() ? reason.denied.join() : "no");
}
