// A client that a module exports must have a type that its declarations can name.
import arcjet, { filter, sensitiveInfo, shield, tokenBucket, validateEmail } from "./index.ts";

export const aj = arcjet({
  rules: [
    shield({ mode: "LIVE" }),
    filter({ deny: ["ip.src.vpn"] }),
    validateEmail({ deny: ["INVALID"] }),
    sensitiveInfo({ deny: ["EMAIL"] }),
    tokenBucket({ refillRate: 1, interval: 1, capacity: 1, characteristics: ["userId"] }),
  ],
});
export const extended = aj.withRule(shield({ mode: "LIVE" }));
