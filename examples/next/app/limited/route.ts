import arcjet, { tokenBucket, withArcjet } from "@arcjet/next";

const aj = arcjet({
  rules: [tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 })],
});

export const GET = withArcjet(aj, () => Response.json({ message: "within the limit" }));
