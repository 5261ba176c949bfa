// Limits in the shape of the shared measure: configurations in seconds, a clock with every request.
import { createHasher, memoryStore } from "./dist/index.js";

function toLimit({ algorithm, config: { variant, max, window, interval, refillRate, capacity } }) {
  const intervalMs = (interval ?? window) * 1000;
  if (algorithm === "token_bucket")
    return { algorithm: "TOKEN_BUCKET", refillRate, intervalMs, capacity, refill: variant };
  if (algorithm === "fixed_window")
    return { algorithm: "FIXED_WINDOW", windowMs: intervalMs, max, anchor: variant };
  return { algorithm: "SLIDING_WINDOW", intervalMs, max };
}

export function createLimiter(rules) {
  let now = 0;
  const store = memoryStore({ clock: () => now });
  const hash = createHasher("conformance");
  const live = rules.map(({ mode }) => mode !== "DRY_RUN");
  const group = { id: "rules", limits: rules.map(toLimit), live };
  const take = ({ t, key, requested: n = 1 }) => {
    if (!Number.isInteger(n) || n < 1 || n >= 2 ** 32) return { error: "invalid_requested" };
    now = t;
    // Several rules together: only a token bucket takes what is requested, the others count one.
    const countsAll = ({ algorithm }) => rules.length === 1 || algorithm === "TOKEN_BUCKET";
    const requested = group.limits.map((limit) => (countsAll(limit) ? n : 1));
    const charge = { group, fingerprint: hash(key), requested };
    const [results] = store.take({ limits: [charge], strikes: [] }).limits;
    return {
      allowed: results.every(({ allowed }, i) => allowed || !live[i]),
      rules: results.map(({ allowed, ...rest }) => {
        const reset = Math.ceil(rest.resetMs / 1000);
        return { conclusion: allowed ? "ALLOW" : "DENY", ...rest, reset };
      }),
    };
  };
  return { take };
}
