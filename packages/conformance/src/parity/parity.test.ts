// The same rules and requests, decided in the process and with the help of a server, must come to the same
// end: same conclusion, same reason, same results rule by rule. Only who speaks first may differ where two
// rules deny one request, since rules that need no server run before those that do.
import { botVerifier, detectBots } from "@arcjet/bots";
import arcjet, { type Decision, type RuleResult } from "@arcjet/core";
import { fakeClock, fakeRequest } from "@arcjet/core/testing";
import type { IpFacts } from "@arcjet/ip";
import { remote } from "@arcjet/protocol/client/node";
import { createKey, createServer } from "@arcjet/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quiet } from "../rules.ts";
import { COURSES, ruleLists } from "./cases.ts";

const FACTS: Readonly<Record<string, IpFacts>> = {
  "93.184.216.34": { country: "US", isVpn: false },
  "8.8.8.8": { country: "US", asn: "15169", isHosting: true, isVpn: false },
  "1.1.1.1": { country: "AU", isVpn: true },
};
const clock = fakeClock();
const resolver = { reverse: async () => [], addresses: async () => [] };
const verifier = botVerifier({ resolver });
const lists = ruleLists(verifier);
const cases = Object.entries(lists).flatMap(([rules, make]) =>
  Object.entries(COURSES).map(([course, steps]) => ({ rules, make, course, steps })),
);

const server = createServer({ keys: [], log: quiet, clock, geo: (ip) => FACTS[ip], verifier });
let baseUrl = "";
beforeAll(async () => {
  // Both sides ask one verifier, which finds out behind the scenes: what it knows must not depend on who asks first.
  for (const { request } of Object.values(COURSES).flat()) {
    const { peer = "", headers } = fakeRequest(request);
    await verifier.verify(peer, detectBots(headers.get("user-agent") ?? "").ids);
  }
  baseUrl = (await server.listen({ port: 0 })).url;
});
afterAll(() => server.close(0));

/** What must agree of a result. A denial from memory is one. */
function shown(result: RuleResult) {
  const { type, state, conclusion, reason } = result.toJSON();
  return { type, state: state === "CACHED" ? "RUN" : state, conclusion, reason };
}

/** A denial from memory asks nobody, so a filter on the address stays open beside it. */
function isOpen({ reason }: RuleResult, decision: Decision): boolean {
  const remembered = decision.results.some(({ state }) => state === "CACHED");
  return remembered && reason.type === "FILTER" && reason.undeterminedExpressions.length > 0;
}

/** The first rule that denies may be another, and what it leaves out with it; what both ran must agree. */
function compare(local: Decision, distant: Decision): void {
  expect(distant.conclusion).toBe(local.conclusion);
  expect(distant.degraded).toBe(false);
  const pairs = local.results
    .map((result, index) => [result, distant.results[index]!] as const)
    .filter(([, result]) => !isOpen(result, distant))
    .map(([a, b]) => [shown(a), shown(b)] as const);
  const ran = pairs.filter(([a, b]) => a.state !== "NOT_RUN" && b.state !== "NOT_RUN");
  expect(ran.map(([, b]) => b)).toEqual(ran.map(([a]) => a));
  const denials = pairs.filter(([a]) => a.state === "RUN" && a.conclusion === "DENY").length;
  expect(denials > 1 || distant.reason.type === local.reason.type).toBe(true);
}

test("there are at least 200 cases", () => {
  expect(cases.length).toBeGreaterThanOrEqual(200);
});

describe("embedded and remote agree", () => {
  test.each(cases)("on $rules with $course", async ({ make, steps }) => {
    const { key, stored } = createKey("parity");
    server.setKeys([{ ...stored, site: `parity-${stored.id.slice(4)}` }]);
    const shared = { log: quiet, clock } as const;
    // The rules read different properties, which the steps give; no one type says so.
    const protect = (client: object) =>
      client as { protect(request: object, props?: object): Promise<Decision> };
    const embedded = protect(arcjet({ ...shared, rules: make(), geo: (ip) => FACTS[ip] }));
    const decider = remote({ baseUrl, key, timeout: 5_000 });
    const distant = protect(arcjet({ ...shared, rules: make(), client: decider }));
    for (const { request, props, after = 0 } of steps) {
      clock.advance(after);
      const [here, there] = await Promise.all([
        embedded.protect(fakeRequest(request), props),
        distant.protect(fakeRequest(request), props),
      ]);
      compare(here, there);
    }
    await decider.close();
  });
});
