// A store in the memory of this process: a bounded map from client and group to the state of its limits.
import type { LimitResult } from "./limit.ts";
import { step, type LimitState } from "./step.ts";
import type { Charges, LimitCharge, Outcome, Store, StrikeCharge, StrikeResult } from "./store.ts";

const MAX_CLIENTS = 2 ** 20;
const SKIPPED: LimitResult = { allowed: true, remaining: 0, resetMs: 0, retryAfterMs: 0 };

export function memoryStore(options: { readonly clock?: () => number } = {}): Store {
  const { clock = Date.now } = options;
  const records = new Map<string, LimitState[]>();
  const strikes = new Map<string, { found: Map<number, number>; blockedUntil: number }>();
  const keyOf = ({ group, fingerprint: { high, low } }: LimitCharge): string => `${group.id}:${high}:${low}`;

  const strike = ({ policy, fingerprint, findings }: StrikeCharge, now: number): StrikeResult => {
    const key = `${policy.id}:${fingerprint.high}:${fingerprint.low}`;
    let state = strikes.get(key);
    if (!state) {
      if (findings.length === 0) return { blocked: false, count: 0, retryAfterMs: 0 };
      state = { found: new Map(), blockedUntil: 0 };
      strikes.set(key, state);
    }
    for (const [hash, at] of state.found) if (now - at >= policy.windowMs) state.found.delete(hash);
    for (const hash of findings) if (state.found.size < policy.threshold) state.found.set(hash, now);
    if (state.found.size >= policy.threshold && state.blockedUntil <= now) {
      state.blockedUntil = now + policy.blockMs;
      state.found.clear();
    }
    const blocked = state.blockedUntil > now;
    return { blocked, count: state.found.size, retryAfterMs: blocked ? state.blockedUntil - now : 0 };
  };

  const run = ({ limits, strikes: charges }: Charges, commit: boolean): Outcome => {
    const now = clock();
    const struck = charges.map((charge) => strike(commit ? charge : { ...charge, findings: [] }, now));
    let denied = struck.some(({ blocked }, i) => blocked && charges[i]!.live);
    const taken = limits.map((charge) => {
      const states = records.get(keyOf(charge)) ?? [];
      return charge.requested.map((n, i) => {
        if (n === 0) return undefined;
        const made = step(states[i], now, charge.group.limits[i]!, n);
        if (charge.group.live[i] && !made[1].allowed) denied = true;
        return made;
      });
    });
    if (commit)
      for (const [at, charge] of limits.entries()) {
        const key = keyOf(charge);
        const states = records.get(key) ?? [];
        for (const [i, made] of taken[at]!.entries())
          if (made && made[1].allowed && !(denied && charge.group.live[i])) states[i] = made[0];
        records.delete(key);
        records.set(key, states);
        if (records.size > MAX_CLIENTS) for (const oldest of records.keys()) { records.delete(oldest); break; }
      }
    return { limits: taken.map((row) => row.map((made) => made?.[1] ?? SKIPPED)), strikes: struck };
  };
  return {
    take: (charges) => run(charges, true),
    peek: (charges) => run(charges, false),
    reset: ({ limits }) => {
      for (const charge of limits) records.delete(keyOf(charge));
    },
  };
}

export function rateLimitFields(limits: readonly { readonly max: number; readonly remaining: number; readonly reset: number; readonly window: number }[]): Readonly<Record<string, string>> {
  const shown = limits.toSorted((a, b) => a.remaining - b.remaining || a.reset - b.reset || a.max - b.max)[0];
  if (!shown) return {};
  return {
    RateLimit: `limit=${shown.max}, remaining=${shown.remaining}, reset=${shown.reset}`,
    "RateLimit-Policy": limits.toSorted((a, b) => a.max - b.max).map(({ max, window }) => `${max};w=${window}`).join(", "),
  };
}
