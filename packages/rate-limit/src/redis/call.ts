// One call of the script: the requests of a batch as keys and one array of numbers, and the way back.
import { answerFrom } from "../judge.ts";
import { createPad, LEFT_AT, MARK, NOW, PAD_FIRST, PAD_NUMBERS, type Pad, USED } from "../pad.ts";
import type { LimitResult } from "../limit.ts";
import { toMeter } from "../meter.ts";
import { advance } from "../step.ts";
import type {
  Charges,
  LimitCharge,
  LimitGroup,
  Outcome,
  StrikeCharge,
  StrikeResult,
} from "../store.ts";
import { limitKey, strikeKey } from "./keys.ts";
import { type QuestionKind, REFUND, RESET } from "./kinds.ts";

/** What one request asks of the script. */
export interface Question {
  readonly kind: QuestionKind;
  readonly charges: Charges;
  /** For a refund: when each limit charge was made. */
  readonly times?: readonly number[];
}

/** Where the reply to a question begins, and what the script found of it as a whole. */
export interface Reply {
  readonly numbers: readonly number[];
  readonly at: number;
  /** Time of the server, in milliseconds. */
  readonly now: number;
  /** When the call was sent, on the clock of this process that only grows. */
  readonly sentAt: number;
  readonly denied: boolean;
}

/** A call as it goes to Redis. */
export interface Call {
  readonly keys: readonly string[];
  readonly program: string;
}

/** Time of the server instead of a given one. */
export const SERVER_TIME = -1;

/** Writes the questions of a batch. `now` is SERVER_TIME but in tests. */
export function writeCall(prefix: string, now: number, questions: readonly Question[]): Call {
  const keys = new Map<string, number>();
  const groups = new Map<LimitGroup, number>();
  const keyIndex = (key: string): number => indexIn(keys, key);
  let body = "";
  for (const question of questions) {
    const { kind, charges } = question;
    if (kind === RESET) {
      const all = keysOf(prefix, charges);
      body += `,${kind},${all.length}`;
      for (const key of all) body += `,${keyIndex(key)}`;
      continue;
    }
    body += `,${kind}`;
    if (kind !== REFUND) {
      body += `,${charges.strikes.length}`;
      for (const charge of charges.strikes)
        body += strikeText(keyIndex(strikeKey(prefix, charge)), charge);
    }
    body += `,${charges.limits.length}`;
    charges.limits.forEach((charge, i) => {
      const time = kind === REFUND ? `,${question.times?.[i] ?? 0}` : "";
      const key = keyIndex(limitKey(prefix, charge));
      body += `,${key},${indexIn(groups, charge.group)}${time},${charge.requested.join(",")}`;
    });
  }
  let program = `[${now},${groups.size}`;
  for (const group of groups.keys()) program += groupText(group);
  return { keys: [...keys.keys()], program: `${program},${questions.length}${body}]` };
}

function keysOf(prefix: string, { limits, strikes }: Charges): readonly string[] {
  return [
    ...limits.map((charge) => limitKey(prefix, charge)),
    ...strikes.map((charge) => strikeKey(prefix, charge)),
  ];
}

/** Places count from 1, as Lua does. */
function indexIn<T>(known: Map<T, number>, item: T): number {
  const index = known.get(item);
  if (index !== undefined) return index;
  known.set(item, known.size + 1);
  return known.size;
}

function groupText({ limits, live }: LimitGroup): string {
  let text = `,${limits.length}`;
  limits.forEach((limit, i) => {
    const { kind, everyMs, max, rate } = toMeter(limit);
    text += `,${kind},${live[i] === true ? 1 : 0},${everyMs},${max},${rate}`;
  });
  return text;
}

/** More findings than the threshold change nothing. */
function strikeText(key: number, { policy, findings, live }: StrikeCharge): string {
  const { threshold, windowMs, blockMs } = policy;
  const counted = findings.length > threshold ? findings.slice(0, threshold) : findings;
  let text = `,${key},${threshold},${windowMs},${blockMs},${live ? 1 : 0},${counted.length}`;
  for (const finding of counted) text += `,${finding}`;
  return text;
}

const STRIKE_NUMBERS = 3;

/**
 * Splits a reply among the questions.
 *
 * @throws TypeError when it is not what the script gives.
 */
export function readReply(
  reply: unknown,
  questions: readonly Question[],
  sentAt: number,
): readonly Reply[] {
  if (!Array.isArray(reply)) throw new TypeError("the reply of Redis is no array");
  // A client may be set up to give integers as text.
  const numbers: readonly number[] =
    typeof reply[0] === "number" ? reply : reply.map((part: unknown) => Number(part));
  const now = numbers[0]!;
  const replies: Reply[] = [];
  let at = 1;
  for (const { kind, charges } of questions) {
    replies.push({ numbers, at: at + 1, now, sentAt, denied: numbers[at] === 1 });
    at++;
    if (kind === RESET || kind === REFUND) continue;
    at += charges.strikes.length * STRIKE_NUMBERS;
    for (const { group } of charges.limits) at += 1 + 2 * group.limits.length;
  }
  if (at !== numbers.length || !Number.isSafeInteger(now))
    throw new TypeError("the reply of Redis does not fit the call");
  return replies;
}

/** A pad for each group, used again from reply to reply. */
export class Pads {
  readonly #pads = new WeakMap<LimitGroup, Pad>();
  #group: LimitGroup | undefined;
  #pad: Pad | undefined;

  of(group: LimitGroup): Pad {
    if (group === this.#group && this.#pad !== undefined) return this.#pad;
    const pad = this.#pads.get(group) ?? createPad(group);
    this.#pads.set(group, pad);
    this.#group = group;
    return (this.#pad = pad);
  }
}

/** Calls `see` with each limit charge of a reply and its state before spending, on a pad to be read at once. */
export function eachPad(
  { numbers, at }: Reply,
  { limits, strikes }: Charges,
  pads: Pads,
  see: (charge: LimitCharge, pad: Pad) => void,
): void {
  let from = at + strikes.length * STRIKE_NUMBERS;
  for (const charge of limits) {
    const pad = pads.of(charge.group);
    const state = pad.numbers;
    state[NOW] = state[LEFT_AT] = numbers[from++]!;
    let place = PAD_FIRST;
    for (const meter of pad.meters) {
      state[place + USED] = numbers[from++]!;
      state[place + MARK] = numbers[from++]!;
      advance(meter, state, place);
      place += PAD_NUMBERS;
    }
    see(charge, pad);
  }
}

/** The answers of a reply, given whether anything live denied the whole request. */
export function readOutcome(reply: Reply, charges: Charges, pads: Pads, denied: boolean): Outcome {
  const limits: (readonly LimitResult[])[] = [];
  eachPad(reply, charges, pads, (charge, pad) => limits.push(answerFrom(charge, pad, denied)));
  return { limits, strikes: charges.strikes.map((_, i) => strikeResult(reply, i)) };
}

/** What a reply says of one strike charge. */
export function strikeResult({ numbers, at }: Reply, i: number): StrikeResult {
  const from = at + i * STRIKE_NUMBERS;
  const [blocked, count = 0, retryAfterMs = 0] = numbers.slice(from, from + STRIKE_NUMBERS);
  return { blocked: blocked === 1, count, retryAfterMs };
}
