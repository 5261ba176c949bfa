// Every list of rules meets every course of requests, with the clock, the secret and the IP data fixed, so
// that whatever differs between two runs is the runtime.
import { botVerifier } from "@arcjet/bots";
import { COURSES, ruleLists } from "@arcjet/conformance/cases";
import arcjet, { type Decision } from "@arcjet/core";
import { fakeClock, fakeRequest } from "@arcjet/core/testing";
import type { IpFacts } from "@arcjet/ip";
import { memoryStore } from "@arcjet/rate-limit";

const FACTS: Readonly<Record<string, IpFacts>> = {
  "93.184.216.34": { country: "US", isVpn: false },
  "8.8.8.8": { country: "US", asn: "15169", isHosting: true, isVpn: false },
  "1.1.1.1": { country: "AU", isVpn: true },
};
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const SECRET = "the same in every runtime";

/** One line for each decision: which case it belongs to, and all of it but its id. */
export async function decideAll(): Promise<readonly string[]> {
  const verifier = botVerifier({
    resolver: { reverse: async () => [], addresses: async () => [] },
  });
  const lines: string[] = [];
  for (const [rules, make] of Object.entries(ruleLists(verifier)))
    for (const [course, steps] of Object.entries(COURSES)) {
      const clock = fakeClock();
      const store = { ...memoryStore({ clock, capacity: 64 }), secret: SECRET };
      const options = { rules: make(), clock, store, log: silent, geo: (ip: string) => FACTS[ip] };
      // The rules read different properties, which the steps give; no one type says so.
      const client = arcjet(options) as {
        protect(request: object, props?: object): Promise<Decision>;
      };
      for (const [step, { request, props, after = 0 }] of steps.entries()) {
        clock.advance(after);
        const { id, ...rest } = (await client.protect(fakeRequest(request), props)).toJSON();
        if (!id.startsWith("lreq_")) throw new Error(`${id} is no id of a local decision`);
        lines.push(JSON.stringify({ rules, course, step, ...rest }));
      }
    }
  return lines;
}
