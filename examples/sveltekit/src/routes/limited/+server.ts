import { json } from "@sveltejs/kit";
import { tokenBucket, withArcjet } from "@arcjet/sveltekit";
import { aj } from "../../lib/server/arcjet.ts";

const rules = [tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 })];

export const GET = withArcjet(aj, () => json({ message: "within the limit" }), { rules });
