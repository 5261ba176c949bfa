import { tokenBucket, withArcjet } from "@arcjet/nuxt";
import { defineEventHandler } from "h3";
import { aj } from "../utils/arcjet.ts";

const rules = [tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 })];

export default defineEventHandler(
  withArcjet(aj, () => ({ message: "within the limit" }), { rules }),
);
