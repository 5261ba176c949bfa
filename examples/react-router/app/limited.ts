import { tokenBucket, withArcjet } from "@arcjet/react-router";
import { aj } from "./arcjet.server.ts";

const rules = [tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 })];

export const loader = withArcjet(aj, () => Response.json({ message: "within the limit" }), {
  rules,
});
