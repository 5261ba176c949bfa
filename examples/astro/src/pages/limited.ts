import { tokenBucket, withArcjet } from "@arcjet/astro";
import { aj } from "../arcjet.ts";

const rules = [tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 })];

export const GET = withArcjet(aj, () => Response.json({ message: "within the limit" }), { rules });
