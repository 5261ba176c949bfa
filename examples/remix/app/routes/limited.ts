import { tokenBucket, withArcjet } from "@arcjet/remix";
import { aj } from "../arcjet.ts";

const rules = [tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 })];

export const loader = withArcjet(aj, () => Response.json({ message: "within the limit" }), {
  rules,
});
