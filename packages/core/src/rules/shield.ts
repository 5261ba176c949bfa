// Shield denies a request that is an attack by itself, and a client that keeps sending suspicious
// ones. Only what a client chose to ask for counts towards it: findings in path, query and body, and
// headers or cookies of requests that were attacks, once per value. A suspicious cookie never counts,
// since a browser repeats it on every request.
import type { Finding as ReportedFinding, Mode, ShieldReasonData } from "@arcjet/protocol";
import type { StrikeCharge, StrikePolicy } from "@arcjet/rate-limit";
import {
  ATTACK_SCORE,
  createInspector,
  SUSPICIOUS_SCORE,
  suggestExclusion,
  type DetectorMode,
  type DetectorName,
  type Exclusion,
  type Finding,
  type Profile,
} from "@arcjet/shield";
import { isPromise } from "../maybe-promise.ts";
import { checkBoolean, checkInteger, checkKnown, checkMode, checkObject } from "../options.ts";
import type { Evaluation, Rule, RuleContext, Strike, Verdict } from "../rule.ts";

/** Options of `shield()`. */
export interface ShieldOptions {
  /** DRY_RUN by default. */
  readonly mode?: Mode;
  /** Distinct suspicious findings that block a client, from 1 to 1,000; 5 by default. */
  readonly threshold?: number;
  /** Seconds in which findings are counted; 600 by default. */
  readonly window?: number;
  /** Seconds a client stays blocked; 600 by default. */
  readonly blockFor?: number;
  /** Whether the application passes the body, raw or parsed, as the `body` property of `protect()`; false by default. */
  readonly body?: boolean;
  /** Each detector's mode; `on` by default. */
  readonly detectors?: Readonly<Partial<Record<DetectorName, DetectorMode>>>;
  /** Findings to leave alone, such as the `exclusion` of an earlier decision. */
  readonly exclude?: readonly Exclusion[];
  /** Kinds of traffic the application expects. */
  readonly profiles?: readonly Profile[];
  /** Whether the header `x-arcjet-suspicious: true` counts as a finding in production too; false by default. */
  readonly testHeader?: boolean;
}

/** The `protect()` properties of a shield with these options. */
export type ShieldProps<O extends ShieldOptions> = O extends { readonly body: true }
  ? { readonly body?: unknown }
  : unknown;

const OPTIONS = [
  "mode",
  "threshold",
  "window",
  "blockFor",
  "body",
  "detectors",
  "exclude",
  "profiles",
  "testHeader",
];
const DAY = 86_400;
const TEST_HEADER = "x-arcjet-suspicious";

/**
 * Detects attacks in requests, and blocks clients that keep trying.
 *
 * @example
 * shield({ mode: "LIVE", exclude: [{ path: "/editor", name: "html", detector: "xss" }] });
 */
export function shield<const O extends ShieldOptions>(options: O): Rule<ShieldProps<O>> {
  const given = checkObject("shield", options);
  checkKnown("shield", given, OPTIONS);
  const mode = checkMode("shield", given.mode);
  const threshold = checkInteger("shield", "threshold", given.threshold, 1, 1_000, 5);
  const window = checkInteger("shield", "window", given.window, 1, DAY, 600);
  const blockFor = checkInteger("shield", "blockFor", given.blockFor, 1, DAY, 600);
  const body = checkBoolean("shield", "body", given.body, false);
  const testHeader = checkBoolean("shield", "testHeader", given.testHeader, false);
  const { detectors = {}, exclude = [], profiles = [] } = options;
  const inspectRequest = createInspector({ detectors, exclude, profiles });
  const policy: StrikePolicy = {
    id: `shield:${mode}:${threshold}:${window}:${blockFor}`,
    threshold,
    windowMs: window * 1_000,
    blockMs: blockFor * 1_000,
  };
  let tests = 0;
  const evaluate = (context: RuleContext<unknown>): Evaluation | Promise<Evaluation> => {
    const { request } = context;
    const inspection = inspectRequest(request, body ? bodyOf(context.props) : undefined);
    const asked =
      (testHeader || context.development) && request.headers.get(TEST_HEADER) === "true";
    const seen: Seen = {
      path: request.path,
      score: asked ? Math.max(inspection.score, SUSPICIOUS_SCORE) : inspection.score,
      findings: inspection.findings,
      // Every test request counts: a count and the time make each a finding of its own.
      test: asked ? [(context.now() ^ Math.imul(++tests, 0x9e3779b1)) >>> 0] : [],
    };
    return judge(context, seen, policy, mode === "LIVE");
  };
  return {
    spec: { type: "SHIELD", mode, threshold, window, blockFor },
    reads: body ? ["body"] : [],
    evaluate,
  };
}

interface Seen {
  readonly path: string;
  readonly score: number;
  readonly findings: readonly Finding[];
  /** Hashes that the test header adds. */
  readonly test: readonly number[];
}

function judge(
  context: RuleContext<unknown>,
  seen: Seen,
  policy: StrikePolicy,
  live: boolean,
): Evaluation | Promise<Evaluation> {
  const attack = seen.score >= ATTACK_SCORE;
  const verdict: Verdict = {
    conclusion: attack ? "DENY" : "ALLOW",
    reason: reasonOf(seen, attack),
  };
  if (!identifies(context)) return verdict;
  const counted = [...seen.test, ...countedFindings(seen)];
  const charge = (findings: readonly number[]): StrikeCharge => ({
    policy,
    fingerprint: context.identify(["ip.src"]),
    findings,
    live,
  });
  const ask = (findings: readonly number[]): Strike => ({
    strike: charge(findings),
    settle: (result) =>
      result.blocked
        ? { conclusion: "DENY", reason: reasonOf(seen, true, result.retryAfterMs) }
        : verdict,
  });
  if (attack) {
    whenNotShared(context, () => context.record(charge(counted)));
    return verdict;
  }
  if (counted.length === 0) return ask([]);
  const shared = isShared(context);
  return typeof shared === "boolean"
    ? ask(shared ? [] : counted)
    : shared.then((shared) => ask(shared ? [] : counted));
}

/**
 * Hashes of the findings that count towards the client: what it asked for, and headers and cookies
 * only when they are an attack by themselves; their hash is the same wherever the value is repeated.
 */
function countedFindings(seen: Seen): readonly number[] {
  const hashes = seen.findings
    .filter(({ place, score, logged }) => {
      const repeats = place === "cookie" || place === "header";
      return !logged && score >= (repeats ? ATTACK_SCORE : SUSPICIOUS_SCORE);
    })
    .map((finding) => finding.hash);
  return [...new Set(hashes)];
}

/** Whether the address is good enough to block a client by. */
function identifies({ request }: RuleContext<unknown>): boolean {
  return request.verified || (request.provenance === "development" && request.ip === "127.0.0.1");
}

/** Whether many people are known to stand behind the address, or may for all that can be found out. */
function isShared(context: RuleContext<unknown>): boolean | Promise<boolean> {
  try {
    const facts = context.facts();
    if (!isPromise(facts)) return isSharedBy(facts);
    return facts.then(isSharedBy, () => true);
  } catch {
    return true;
  }
}

function isSharedBy(facts: Awaited<ReturnType<RuleContext["facts"]>>): boolean {
  if (!facts) return false;
  return [facts.isRelay, facts.isVpn, facts.isProxy, facts.isTor, facts.isMobile].includes(true);
}

function whenNotShared(context: RuleContext<unknown>, act: () => void): void {
  const shared = isShared(context);
  if (shared === false) act();
  else if (shared !== true) void shared.then((shared) => shared || act());
}

function reasonOf(seen: Seen, triggered: boolean, retryAfterMs = 0): ShieldReasonData {
  const exclusion = suggestExclusion(seen.path, seen.findings);
  return {
    type: "SHIELD",
    shieldTriggered: triggered,
    suspicious: seen.score >= SUSPICIOUS_SCORE,
    score: seen.score,
    findings: seen.findings.map(report).concat(seen.test.length > 0 ? [testFinding] : []),
    ...(exclusion && { exclusion: { ...exclusion } }),
    ...(retryAfterMs > 0 && { retryAfter: Math.ceil(retryAfterMs / 1_000) }),
  };
}

const testFinding: ReportedFinding = {
  detector: "test-header",
  location: `header.${TEST_HEADER}`,
  evidence: "true",
  score: SUSPICIOUS_SCORE,
};

function report({
  detector,
  location,
  evidence,
  score,
  truncated,
  logged,
}: Finding): ReportedFinding {
  return {
    detector,
    location,
    evidence,
    score: logged ? 0 : score,
    ...(truncated && { truncated }),
  };
}

function bodyOf(props: unknown): unknown {
  return typeof props === "object" && props !== null && "body" in props ? props.body : undefined;
}
