// Decisions to log, and a place for them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReasonData, RuleSpec } from "@arcjet/protocol";
import type { SiteDecision } from "../src/index.ts";
import { openBatch, type Batch } from "../src/log/batch.ts";
import { keptOf } from "../src/log/kept.ts";
import { createRuleBook } from "../src/log/rule-book.ts";
import type { Told } from "../src/log/told.ts";

const BOT: RuleSpec = {
  type: "BOT",
  mode: "LIVE",
  allow: ["CATEGORY:SEARCH_ENGINE"],
  missingUserAgent: "error",
  denySpoofed: false,
};
const FILTER: RuleSpec = { type: "FILTER", mode: "DRY_RUN", deny: ['ip.src.country eq "KP"'] };

export interface Wanted {
  readonly id: string;
  readonly time?: number;
  readonly denied?: boolean;
  readonly dry?: boolean;
  readonly ip?: string;
  readonly path?: string;
  readonly text?: string;
}

/** A decision of the site "shop"; `text` stands in every field that a client chooses. */
export function decided(wanted: Wanted): SiteDecision {
  const { id, time = Date.now(), denied = false, dry = false, ip = "8.8.8.8", text } = wanted;
  const path = text ?? wanted.path ?? "/products";
  const bot: ReasonData = {
    type: "BOT",
    allowed: [],
    denied: denied ? [text ?? "CURL"] : [],
    verified: false,
    spoofed: false,
    signals: text === undefined ? [] : [text],
  };
  const matched = dry ? [text ?? 'ip.src.country eq "KP"'] : [];
  const filter: ReasonData = {
    type: "FILTER",
    matchedExpressions: matched,
    undeterminedExpressions: [],
  };
  const conclusion = denied ? "DENY" : "ALLOW";
  const common = { ruleId: "", fingerprint: "", ttl: 0 };
  return {
    site: "shop",
    source: "decide",
    time,
    decision: {
      id,
      conclusion,
      reason: denied ? bot : { type: "NONE" },
      results: [
        { ...common, type: "BOT", state: "RUN", conclusion, reason: bot },
        {
          ...common,
          type: "FILTER",
          state: "DRY_RUN",
          conclusion: dry ? "DENY" : "ALLOW",
          reason: filter,
        },
      ],
      ttl: 0,
      ip: { country: text ?? "US", asnName: text ?? "Google LLC", asn: "15169" },
      degraded: false,
    },
    request: {
      ip: text ?? ip,
      provenance: "peer",
      clientKey: "",
      ignoreCase: false,
      method: text ?? "GET",
      protocol: "https:",
      host: text ?? "example.com",
      httpVersion: undefined,
      path,
      query: `?token=sesame&${text ?? "page"}=2`,
      cookies: "session=sesame",
      headers: new Map([
        ["user-agent", text ?? "curl/8.5"],
        ["authorization", "Bearer sesame"],
      ]),
      repeatedHeaders: [],
      body: undefined,
      props: { email: "sesame@example.com" },
    },
    specs: [BOT, FILTER],
  };
}

/** A decision with every kind of reason there is, each with a text wherever one stands. */
export function everyReason(id: string, text: string): SiteDecision {
  const base = decided({ id, text, denied: true, dry: true });
  const finding = { detector: text, location: text, evidence: text, score: 7 };
  const span = { start: 0, end: 1, identifiedType: text };
  const reasons: readonly ReasonData[] = [
    {
      type: "SHIELD",
      shieldTriggered: true,
      suspicious: true,
      score: 7,
      findings: [finding],
      exclusion: { [text]: text },
    },
    // On the wire any text may stand where a name of ours is expected.
    { type: "EMAIL", emailTypes: [text as "FREE"], suggestion: `sesame@${text}` },
    { type: "FILTER", matchedExpressions: [text], undeterminedExpressions: [text] },
    { type: "SENSITIVE_INFO", allowed: [span], denied: [span] },
    { type: "PROMPT_INJECTION_DETECTION", injectionDetected: true, score: 1, families: [text] },
    { type: "ERROR", message: text },
    { type: "CUSTOM", name: text, detail: { secret: "sesame" } },
  ];
  const results = reasons.map((reason) => ({
    type: reason.type as "CUSTOM",
    ruleId: text,
    fingerprint: text,
    ttl: 0,
    state: "RUN" as const,
    conclusion: "DENY" as const,
    reason,
  }));
  const specs: readonly RuleSpec[] = [{ type: "FILTER", mode: "LIVE", deny: [text] }];
  return {
    ...base,
    decision: { ...base.decision, results: [...base.decision.results, ...results] },
    specs: [...base.specs, undefined, undefined, ...specs],
  };
}

/** A batch of decisions of the site "app". */
export function batchOf(decisions: readonly Told[]): Batch {
  const book = createRuleBook();
  const open = openBatch();
  for (const told of decisions) open.add(keptOf(told, "app", book));
  return open.close(book.take());
}

/** A directory that is removed at the end. */
export function directory(): {
  readonly path: (name: string) => string;
  readonly remove: () => void;
} {
  const root = mkdtempSync(join(tmpdir(), "arcjet-log-"));
  return {
    path: (name) => join(root, name),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export const HOSTILE =
  "</script><img src=x onerror=\"document.title='owned'\">'\"`=cmd|' /C calc'!A0\u202E\u0000\uD800${7*7}";
