import { describe, expect, it } from "vitest";
import type { Charges, LimitCharge, LimitGroup } from "../store.ts";
import type { Reply } from "./call.ts";
import { DeniedClients, MAX_DENIED, MAX_DENIED_MS, MAX_POLICIES } from "./denied-clients.ts";

const SERVER_START = 1_700_000_000_000;
const WINDOW = { algorithm: "FIXED_WINDOW", windowMs: 60_000, max: 3, anchor: "first" } as const;
const GROUP: LimitGroup = { id: "g", limits: [WINDOW], live: [true] };
const POLICY = { id: "p", threshold: 3, windowMs: 60_000, blockMs: 60_000 };

const limit = (low: number, requested = 1, group = GROUP): LimitCharge => ({
  group,
  fingerprint: { high: 1, low },
  requested: group.limits.map(() => requested),
});
const limits = (...charges: LimitCharge[]): Charges => ({ limits: charges, strikes: [] });

function fixture() {
  const clock = { now: 1000 };
  const denied = new DeniedClients(() => clock.now, undefined);
  /** A reply that found so much used of each limit, `took` milliseconds after the call was sent. */
  const reply = (charges: Charges, used: number, denied: boolean, took = 0): Reply => {
    const now = SERVER_START + clock.now;
    const numbers = [now];
    for (const { group } of charges.limits)
      numbers.push(now, ...group.limits.flatMap(() => [used, 0]));
    return { numbers, at: 1, now, sentAt: clock.now - took, denied };
  };
  const see = (charges: Charges, used = 3, isDenied = true, took = 0): void =>
    denied.see(charges, reply(charges, used, isDenied, took), isDenied);
  return { clock, denied, see };
}

describe("a client that was denied", () => {
  it("is answered with what the limit itself would say", () => {
    const { clock, denied, see } = fixture();
    see(limits(limit(7)));
    clock.now += 2000;
    expect(denied.recall(limits(limit(7)))).toEqual({
      limits: [
        [{ allowed: false, remaining: 0, resetMs: 58_000, retryAfterMs: 58_000, cached: true }],
      ],
      strikes: [],
    });
    expect(denied.recall(limits(limit(8)))).toBeUndefined();
  });

  it.each([
    [MAX_DENIED_MS - 1, true],
    [MAX_DENIED_MS, false],
  ])("after %d milliseconds is still known: %s", (passed, known) => {
    const { clock, denied, see } = fixture();
    see(limits(limit(7)));
    clock.now += passed;
    expect(denied.recall(limits(limit(7))) !== undefined).toBe(known);
  });

  it("is not held longer than its limit says, however long the reply took", () => {
    const { clock, denied, see } = fixture();
    const short = { ...WINDOW, windowMs: 1000 };
    const charges = limits(limit(7, 1, { id: "short", limits: [short], live: [true] }));
    see(charges, 3, true, 400);
    clock.now += 599;
    expect(denied.recall(charges)).toBeDefined();
    clock.now += 1;
    expect(denied.recall(charges)).toBeUndefined();
  });

  it("is asked about when it wants less than was denied", () => {
    const { denied, see } = fixture();
    see(limits(limit(7, 3)), 1);
    expect(denied.recall(limits(limit(7, 3)))).toBeDefined();
    expect(denied.recall(limits(limit(7, 2)))).toBeUndefined();
  });

  it("is forgotten when it passes, and by a reset", () => {
    const { denied, see } = fixture();
    for (const low of [7, 8]) see(limits(limit(low)));
    see(limits(limit(7)), 1, false);
    denied.forget(limits(limit(8)));
    expect([7, 8].map((low) => denied.recall(limits(limit(low))))).toEqual([undefined, undefined]);
  });

  it("is asked about when a limit in DRY_RUN still counts", () => {
    const { denied, see } = fixture();
    const dry = { ...WINDOW, max: 5 };
    const group = { id: "both", limits: [WINDOW, dry], live: [true, false] };
    see(limits(limit(7, 1, group)), 3);
    expect(denied.recall(limits(limit(7, 1, group)))).toBeUndefined();
    see(limits(limit(7, 1, group)), 5);
    expect(denied.recall(limits(limit(7, 1, group)))).toBeDefined();
  });

  it("is asked about when something else of the request is not known", () => {
    const { denied, see } = fixture();
    see(limits(limit(7)));
    const other = { ...GROUP, id: "other" };
    expect(denied.recall(limits(limit(7), limit(7, 1, other)))).toBeUndefined();
    const strike = { policy: POLICY, fingerprint: limit(7).fingerprint, findings: [], live: true };
    expect(denied.recall({ limits: [limit(7)], strikes: [strike] })).toBeUndefined();
  });
});

describe("a client that is blocked", () => {
  const strikes = (findings: number[]) => ({
    limits: [],
    strikes: [{ policy: POLICY, fingerprint: { high: 1, low: 7 }, findings, live: true }],
  });

  it.each([
    [[], 1, true],
    [[5], 1, true],
    [[], 0, false],
  ] as const)("with findings %j and blocked %d is known: %s", (findings, blocked, known) => {
    const { clock, denied } = fixture();
    const now = SERVER_START + clock.now;
    const numbers = [now, 1, blocked, 3, blocked * 60_000];
    denied.see(strikes([]), { numbers, at: 2, now, sentAt: clock.now, denied: true }, true);
    clock.now += 1000;
    expect(denied.recall(strikes([...findings]))).toEqual(
      known
        ? { limits: [], strikes: [{ blocked: true, count: 3, retryAfterMs: 59_000 }] }
        : undefined,
    );
  });
});

it("a flood of denied clients does not grow the table beyond its bound", () => {
  const { denied, see } = fixture();
  const known = (): number => {
    let count = 0;
    for (let low = 0; low < MAX_DENIED + 100; low++)
      if (denied.recall(limits(limit(low))) !== undefined) count++;
    return count;
  };
  for (let low = 0; low < MAX_DENIED; low++) see(limits(limit(low)));
  expect(known()).toBe(MAX_DENIED);
  for (let low = MAX_DENIED; low < MAX_DENIED + 100; low++) see(limits(limit(low)));
  expect(known()).toBe(MAX_DENIED);
});

it.each([
  [MAX_POLICIES, true],
  [MAX_POLICIES + 1, false],
])("with blocks of %d policies still knows the first: %s", (policies, known) => {
  const { clock, denied } = fixture();
  const blocked = (id: string): Charges => ({
    limits: [],
    strikes: [
      { policy: { ...POLICY, id }, fingerprint: { high: 1, low: 7 }, findings: [], live: true },
    ],
  });
  const now = SERVER_START + clock.now;
  const reply = { numbers: [now, 1, 1, 3, 60_000], at: 2, now, sentAt: clock.now, denied: true };
  for (let i = 0; i < policies; i++) denied.see(blocked(`policy ${i}`), reply, true);
  expect(denied.recall(blocked("policy 0")) !== undefined).toBe(known);
});
