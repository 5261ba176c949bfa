/** What changes between two rule sets. */
import type { Decision, RuleResult } from "@arcjet/core";
import type { ReasonData } from "@arcjet/protocol";
import { pathOf, type LogEntry } from "./entry.ts";
import { HeavyHitters, type Hitter } from "./heavy-hitters.ts";
import type { Judge, JudgedRule } from "./judge.ts";
import { ownText } from "./own-text.ts";
import { reasonText } from "./reason-text.ts";
import { denialOf, Tally } from "./tally.ts";

/** A request that the two rule sets decide differently. */
export interface Change {
  readonly now: "DENY" | "ALLOW";
  readonly type: string;
  readonly reason: string;
  readonly client: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
}

/** Requests that are shown of each direction, one of each path and reason. */
export const SHOWN_CHANGES = 10;
const MAX_REASONS = 256;

/** A denial in DRY_RUN is more than none, and less than one that the client would have got. */
function weightOf(denial: RuleResult | undefined, decision: Decision): number {
  if (denial === undefined) return 0;
  return decision.isDenied() ? 2 : 1;
}

export class Comparison {
  readonly tally: Tally;
  readonly newlyDenied: Change[] = [];
  readonly newlyAllowed: Change[] = [];
  denied = 0;
  allowed = 0;
  readonly #judge: Judge;
  readonly #reasons = new HeavyHitters(MAX_REASONS);
  /** What is shown already, so that a burst is shown once. */
  readonly #shown = new Set<string>();

  constructor(judge: Judge) {
    this.#judge = judge;
    this.tally = new Tally(judge.rules().length);
  }

  get rules(): readonly JudgedRule[] {
    return this.#judge.rules();
  }

  /** Why requests are decided differently, the most frequent first. */
  reasons(count: number): readonly Hitter[] {
    return this.#reasons.top(count);
  }

  add(entry: LogEntry, client: string, before: Decision, after: Decision): void {
    this.tally.add(entry, after, client);
    const denialBefore = denialOf(before);
    const denialAfter = denialOf(after);
    const more = weightOf(denialAfter, after) - weightOf(denialBefore, before);
    if (more > 0 && denialAfter !== undefined) {
      this.denied++;
      this.#note(this.newlyDenied, entry, client, "DENY", denialAfter.data);
    } else if (more < 0 && denialBefore !== undefined) {
      this.allowed++;
      this.#note(this.newlyAllowed, entry, client, "ALLOW", denialBefore.data);
    }
  }

  #note(
    list: Change[],
    entry: LogEntry,
    client: string,
    now: Change["now"],
    reason: ReasonData,
  ): void {
    const text = reasonText(reason);
    const verb = now === "DENY" ? "denied" : "allowed";
    this.#reasons.add(`${verb}: ${reason.type} ${text}`, now === "DENY");
    const { method, status } = entry;
    const like = ownText(`${now} ${text} ${method} ${pathOf(entry.target)}`);
    if (list.length >= SHOWN_CHANGES || this.#shown.has(like)) return;
    this.#shown.add(like);
    const target = ownText(entry.target);
    list.push({ now, type: reason.type, reason: text, client, method, target, status });
  }
}
