// A list of rules, ready to judge: the engine's client for it, and the identities that published clients
// know the rules by. Each rule is a layer of its own, so that a limiter counts the same whatever other
// rules a question has beside it.
import { createClient, type Client, type Logger, type RequestParts } from "@arcjet/core";
import type { IpLookup } from "@arcjet/ip";
import type { RuleSpec } from "@arcjet/protocol";
import { createFingerprint, ruleId, type FingerprintSource } from "@arcjet/protocol/wire";
import type { Store } from "@arcjet/rate-limit";
import { withLocalAnswer, type WireProps } from "./answered.ts";
import { buildRule, failing, type BuiltRule, type RuleServices } from "./rules.ts";

/** What the engine of one site works with. */
export interface SiteServices extends RuleServices {
  readonly store: Store;
  readonly geo: IpLookup | undefined;
  readonly log: Logger;
  readonly clock: () => number;
}

/** What a rule is on the wire. */
export interface WireRule {
  /** Undefined for a kind that has no spec. */
  readonly spec: RuleSpec | undefined;
  readonly id: string;
  readonly runs: boolean;
  readonly fingerprint: (source: FingerprintSource) => string;
}

export interface RuleSet {
  readonly client: Client<RequestParts, WireProps>;
  readonly rules: readonly WireRule[];
  /** Those of the rules. */
  readonly specs: RuleSetKey["specs"];
}

/** What tells one list of rules from another. */
export interface RuleSetKey {
  readonly specs: readonly (RuleSpec | undefined)[];
  readonly characteristics: readonly string[];
  readonly ignoreCase: boolean;
}

const DECISION_MS = 1_500;

function characteristicsOf(spec: RuleSpec | undefined, own: readonly string[]): readonly string[] {
  return spec?.type === "RATE_LIMIT" && spec.characteristics.length > 0
    ? spec.characteristics
    : own;
}

/** Computes each fingerprint once per request, however many rules share it. */
function fingerprints(lists: readonly (readonly string[])[]): WireRule["fingerprint"][] {
  const made = new Map<string, WireRule["fingerprint"]>();
  return lists.map((list) => {
    const key = JSON.stringify(list);
    const known = made.get(key);
    if (known) return known;
    const compute = createFingerprint(list);
    let last: FingerprintSource | undefined;
    let text = "";
    const remembering = (source: FingerprintSource): string => {
      if (source !== last) text = compute(source) ?? "";
      last = source;
      return text;
    };
    made.set(key, remembering);
    return remembering;
  });
}

/**
 * Gets a list of rules ready.
 *
 * @throws TypeError when a characteristic of the client is none.
 */
export function createRuleSet(key: RuleSetKey, services: SiteServices): RuleSet {
  const { specs, characteristics, ignoreCase } = key;
  const { store, geo, log, clock } = services;
  const options = { rules: [], characteristics, store, log, clock, timeout: DECISION_MS };
  let client: RuleSet["client"] = createClient(geo ? { ...options, geo } : options, {
    read: (request: RequestParts) => request,
    ignoreCase,
  });
  const built: BuiltRule[] = [];
  for (const [index, spec] of specs.entries()) {
    let part = buildRule(spec, services);
    try {
      client = client.withRule(withLocalAnswer(part.rule, index));
    } catch (cause) {
      // A characteristic that is none shows only when the limiter is planned.
      part = { rule: failing(part.rule.spec, cause), runs: true };
      client = client.withRule(withLocalAnswer(part.rule, index));
    }
    built.push(part);
  }
  const prints = fingerprints(specs.map((spec) => characteristicsOf(spec, characteristics)));
  return {
    client,
    specs,
    rules: specs.map((spec, index) => ({
      spec,
      id: spec ? ruleId(spec, characteristics) : "",
      runs: built[index]!.runs,
      fingerprint: prints[index]!,
    })),
  };
}
