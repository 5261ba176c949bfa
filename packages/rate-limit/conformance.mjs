// Limits in the shape of the shared measure: configurations in seconds, one client a key, a clock per request.
import { createHasher, memoryStore } from "./dist/index.js";

const MS = 1000;
const MAX_REQUESTED = 2 ** 32 - 1;

function toLimit({ algorithm, config }) {
  const { variant, max } = config;
  if (algorithm === "token_bucket") {
    const { refillRate, interval, capacity } = config;
    return {
      algorithm: "TOKEN_BUCKET",
      refillRate,
      intervalMs: interval * MS,
      capacity,
      refill: variant,
    };
  }
  if (algorithm === "fixed_window")
    return { algorithm: "FIXED_WINDOW", windowMs: config.window * MS, max, anchor: variant };
  return { algorithm: "SLIDING_WINDOW", intervalMs: (config.interval ?? config.window) * MS, max };
}

export function createLimiter(rules) {
  let now = 0;
  const store = memoryStore({ clock: () => now });
  const hash = createHasher("conformance");
  const group = {
    id: "rules",
    limits: rules.map(toLimit),
    live: rules.map(({ mode }) => mode !== "DRY_RUN"),
  };
  return {
    take({ t, key, requested = 1 }) {
      if (!Number.isInteger(requested) || requested < 1 || requested > MAX_REQUESTED)
        return { error: "invalid_requested" };
      now = t;
      // Several rules together: only a token bucket takes what is requested, the others count one.
      const asked = group.limits.map(({ algorithm }) =>
        rules.length > 1 && algorithm !== "TOKEN_BUCKET" ? 1 : requested,
      );
      const [results] = store.take({
        limits: [{ group, fingerprint: hash(key), requested: asked }],
        strikes: [],
      }).limits;
      const shown = results.map(({ allowed, remaining, resetMs, retryAfterMs }) => ({
        conclusion: allowed ? "ALLOW" : "DENY",
        remaining,
        resetMs,
        reset: Math.ceil(resetMs / MS),
        retryAfterMs,
      }));
      return {
        allowed: results.every(({ allowed }, i) => allowed || !group.live[i]),
        rules: shown,
      };
    },
  };
}
