// Units per user, and another limit for those who pay.
import type { IncomingMessage, ServerResponse } from "node:http";
import arcjet, { fixedWindow, shield, slidingWindow, tokenBucket } from "@arcjet/node";

const aj = arcjet({
  key: process.env.ARCJET_KEY ?? "ajkey_none",
  characteristics: ["userId"],
  rules: [
    shield({ mode: "LIVE" }),
    tokenBucket({ mode: "LIVE", refillRate: 5, interval: 10, capacity: 10 }),
  ],
});
const guests = aj.withRule(slidingWindow({ mode: "LIVE", interval: "1m", max: 1 }));
const members = aj.withRule(
  fixedWindow({ mode: "LIVE", characteristics: ["userId"], window: 60, max: 100 }),
);

export async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const userId = String(request.headers["x-user"]);
  const client = userId.startsWith("member-") ? members : guests;
  const decision = await client.protect(request, { userId, requested: 4 });
  for (const { reason } of decision.results)
    if (reason.isRateLimit())
      response.setHeader("x-remaining", `${reason.remaining} of ${reason.max}`);
  if (decision.isDenied() && decision.reason.isRateLimit()) {
    response.writeHead(429, { "x-reset": String(decision.reason.reset) });
  } else if (decision.isDenied()) {
    response.writeHead(403);
  }
  response.end(decision.id.length > 0 ? "done" : "no id");
}
