import type { Charges, LimitGroup, Store, StrikePolicy } from "@arcjet/rate-limit";

/**
 * The part of a store that belongs to one site: the same limits of two sites never share a counter.
 * A rule in DRY_RUN counts apart from the same rule in LIVE.
 */
export function scopeStore(store: Store, site: string, secret: string): Store {
  const groups = new WeakMap<LimitGroup, LimitGroup>();
  const policies = new WeakMap<StrikePolicy, StrikePolicy>();
  const groupOf = (group: LimitGroup): LimitGroup => {
    const known = groups.get(group);
    if (known) return known;
    const modes = group.live.map((live) => (live ? "l" : "d")).join("");
    const scoped = { ...group, id: `${site}:${modes}:${group.id}` };
    groups.set(group, scoped);
    return scoped;
  };
  const policyOf = (policy: StrikePolicy): StrikePolicy => {
    const known = policies.get(policy);
    if (known) return known;
    const scoped = { ...policy, id: `${site}:${policy.id}` };
    policies.set(policy, scoped);
    return scoped;
  };
  const scope = ({ limits, strikes }: Charges): Charges => ({
    limits: limits.map((charge) => ({ ...charge, group: groupOf(charge.group) })),
    strikes: strikes.map((charge) => ({ ...charge, policy: policyOf(charge.policy) })),
  });
  return {
    secret,
    take: (charges) => store.take(scope(charges)),
    peek: (charges) => store.peek(scope(charges)),
    reset: (charges) => store.reset(scope(charges)),
  };
}
