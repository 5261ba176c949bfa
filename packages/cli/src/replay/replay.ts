/** Runs rule sets over logs: one pass, one request at a time, in the order of the log. */
import type { ArcjetOptions, Decision } from "@arcjet/core";
import { isPromise } from "@arcjet/core/fetch";
import { Comparison } from "./comparison.ts";
import type { LineFormat, LogEntry } from "./entry.ts";
import { createJudge, type Judge, type JudgedRule } from "./judge.ts";
import { mergeByTime } from "./merge.ts";
import { readEntries, type LogInput } from "./source.ts";
import { Tally } from "./tally.ts";

/** A line that could not be read. */
export interface Unparsed {
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

export interface ReplayOptions {
  readonly logs: readonly LogInput[];
  readonly config: ArcjetOptions;
  /** A second rule set, whose decisions are compared. */
  readonly other?: ArcjetOptions | undefined;
  readonly format?: LineFormat | "har" | undefined;
  readonly ignoreCase: boolean;
  /** Told now and then how many requests were judged and how many bytes were read. */
  readonly onProgress?: (requests: number, bytes: number) => void;
  readonly onWarning: (message: string) => void;
  readonly onBroken: (message: string) => void;
  /** Milliseconds, for the time the replay took. Default: `performance.now`. */
  readonly now?: () => number;
}

export interface Replay {
  readonly tally: Tally;
  readonly rules: readonly JudgedRule[];
  readonly unparsed: number;
  /** The first lines that could not be read. */
  readonly unreadable: readonly Unparsed[];
  readonly seconds: number;
  readonly comparison: Comparison | undefined;
}

/** Lines that could not be read and are shown. */
export const SHOWN_UNPARSED = 10;
const MAX_SHOWN = 240;

/** Decisions are taken as they come; only what really waits is waited for. */
async function judgeAll(
  batches: AsyncIterable<Iterable<LogEntry>>,
  judges: readonly Judge[],
  take: (entry: LogEntry, decisions: readonly Decision[]) => void,
  onBatch: () => void,
): Promise<void> {
  for await (const entries of batches) {
    for (const entry of entries) {
      const decisions: Decision[] = [];
      for (const judge of judges) {
        const decision = judge.decide(entry);
        decisions.push(isPromise(decision) ? await decision : decision);
      }
      take(entry, decisions);
    }
    onBatch();
  }
}

/** Replays logs against a rule set. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const {
    logs,
    config,
    other,
    format,
    onWarning,
    onBroken,
    now = () => performance.now(),
  } = options;
  const started = now();
  const judge = createJudge(config, options);
  const otherJudge = other && createJudge(other, options);
  const tally = new Tally(judge.rules().length);
  const comparison = otherJudge && new Comparison(otherJudge);
  const unreadable: Unparsed[] = [];
  let unparsed = 0;
  let bytes = 0;
  const onUnparsed = (name: string, line: number, text: string): void => {
    unparsed++;
    if (unreadable.length < SHOWN_UNPARSED)
      unreadable.push({ name, line, text: text.slice(0, MAX_SHOWN) });
  };
  const onBytes = (more: number): void => void (bytes += more);
  const sources = logs.map((log) =>
    readEntries(log, { format, onUnparsed, onBytes, onWarning, onBroken }),
  );
  await judgeAll(
    mergeByTime(sources),
    otherJudge ? [judge, otherJudge] : [judge],
    (entry, [decision, otherDecision]) => {
      const client = judge.clientOf(entry);
      tally.add(entry, decision!, client);
      comparison?.add(entry, client, decision!, otherDecision!);
    },
    () => options.onProgress?.(tally.requests, bytes),
  );
  const seconds = (now() - started) / 1_000;
  return { tally, rules: judge.rules(), unparsed, unreadable, seconds, comparison };
}
