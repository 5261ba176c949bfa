// Clients that were just denied, so that one that keeps asking costs no round trip. What is kept is not
// the denial but the state it followed from: brought forward in time it denies exactly as long as the
// limit itself does, whatever is requested. It is used only when it settles the whole request, and no
// longer than five seconds, because only a reset in another process could make it wrong.
import { answerFrom, deniesLive, spendsDenied } from "../judge.ts";
import { NOW, type Pad } from "../pad.ts";
import { RecordTable } from "../record-table.ts";
import { Room } from "../room.ts";
import type { Charges, LimitCharge, Outcome, StrikeCharge, StrikeResult } from "../store.ts";
import { Tables } from "../tables.ts";
import { eachPad, Pads, type Reply, strikeResult } from "./call.ts";
import { TAGS, tagOf } from "./keys.ts";

/** Records of denied clients that are kept. */
export const MAX_DENIED = 16_384;
/** Longest a denial is answered without asking Redis, in milliseconds. */
export const MAX_DENIED_MS = 5_000;
/** Policies of strikes that have a table at once. */
export const MAX_POLICIES = 64;
const NO_STRIKES: readonly StrikeResult[] = [];

/** Fingerprint, time of the server and end of the block in two words each, and the count. */
const STRIKE_WIDTH = 7;
const TIME = 2;
const UNTIL = 4;
const COUNT = 6;
const WORD = 2 ** 32;

export class DeniedClients {
  readonly #room = new Room(MAX_DENIED);
  readonly #pads = new Pads();
  readonly #limits: Tables;
  readonly #strikes = new Map<string, RecordTable>();
  readonly #monotonic: () => number;
  readonly #clock: (() => number) | undefined;
  readonly #maxAgeMs: number;
  /** What to add to the monotonic clock for the time of the server, for each tag. */
  readonly #offsets = new Float64Array(TAGS).fill(Number.NaN);

  /** `clock` stands for the time of the server in tests. */
  constructor(monotonic: () => number, clock: (() => number) | undefined) {
    this.#monotonic = monotonic;
    this.#clock = clock;
    // A clock that is given may run back, and Redis has to see every time that a client has seen: a
    // denial then stands for its own millisecond alone.
    this.#maxAgeMs = clock === undefined ? MAX_DENIED_MS : 1;
    this.#limits = new Tables(this.#room, () => clock?.() ?? monotonic() + this.#offsets[0]!, true);
  }

  /** Takes note of a reply: what denied is kept, and what was charged since is out of date. */
  see(charges: Charges, reply: Reply, denied: boolean): void {
    if (denied) this.#remember(charges, reply);
    else if (!this.#room.isEmpty) this.forget(charges);
  }

  /** The answers to a request that is certain to be denied and would change nothing. */
  recall(charges: Charges): Outcome | undefined {
    if (this.#room.isEmpty) return undefined;
    if (charges.limits.length === 1 && charges.strikes.length === 0)
      return this.#recallOne(charges.limits[0]!);
    let denied = false;
    let strikes = NO_STRIKES;
    for (const charge of charges.strikes) {
      const result = this.#recallStrike(charge);
      if (result === undefined) return undefined;
      if (!result.blocked && charge.findings.length > 0) return undefined;
      if (result.blocked && charge.live) denied = true;
      strikes = [...strikes, result];
    }
    for (const charge of charges.limits) {
      const pad = this.#recallLimits(charge);
      if (pad === undefined || spendsDenied(charge, pad)) return undefined;
      if (deniesLive(charge, pad)) denied = true;
    }
    if (!denied) return undefined;
    const limits = charges.limits.map((charge) => {
      const pad = this.#recallLimits(charge);
      return pad ? answerFrom(charge, pad, true, true) : [];
    });
    return { limits, strikes };
  }

  forget({ limits, strikes }: Charges): void {
    for (const charge of limits) this.#limits.find(charge.group)?.remove(charge);
    for (const { policy, fingerprint } of strikes)
      this.#strikes.get(policy.id)?.remove(fingerprint.high, fingerprint.low);
  }

  #remember(charges: Charges, reply: Reply): void {
    // Counted from before the call left, the time is never behind that of the server.
    const offset = reply.now - reply.sentAt;
    for (const { fingerprint } of charges.limits) this.#offsets[tagOf(fingerprint)] = offset;
    for (const { fingerprint } of charges.strikes) this.#offsets[tagOf(fingerprint)] = offset;
    eachPad(reply, charges, this.#pads, (charge, pad) => {
      // A record from the future, after the clock of the server went back, is left to the server.
      if (pad.numbers[NOW] === reply.now) this.#limits.of(charge.group).keep(charge, pad);
      else this.#limits.find(charge.group)?.remove(charge);
    });
    charges.strikes.forEach((charge, i) => {
      this.#keepStrike(charge, strikeResult(reply, i), reply.now);
    });
  }

  #recallOne(charge: LimitCharge): Outcome | undefined {
    const pad = this.#recallLimits(charge);
    if (pad === undefined || !deniesLive(charge, pad) || spendsDenied(charge, pad))
      return undefined;
    return { limits: [answerFrom(charge, pad, true, true)], strikes: NO_STRIKES };
  }

  readonly #timeOf = ({ fingerprint }: LimitCharge): number => this.#now(tagOf(fingerprint));

  #now(tag: number): number {
    return Math.floor(this.#clock?.() ?? this.#monotonic() + this.#offsets[tag]!);
  }

  #recallLimits(charge: LimitCharge): Pad | undefined {
    return this.#limits.find(charge.group)?.recall(charge, this.#timeOf, this.#maxAgeMs);
  }

  #keepStrike({ policy, fingerprint }: StrikeCharge, result: StrikeResult, now: number): void {
    const { high, low } = fingerprint;
    const table = this.#strikes.get(policy.id) ?? this.#makeTable(policy.id);
    const found = table.find(high, low);
    const slot = found < 0 ? table.insert(high, low) : found;
    const base = slot * table.width;
    setLong(table.words, base + TIME, now);
    setLong(table.words, base + UNTIL, result.blocked ? now + result.retryAfterMs : 0);
    table.words[base + COUNT] = result.count;
  }

  #recallStrike({ policy, fingerprint }: StrikeCharge): StrikeResult | undefined {
    const table = this.#strikes.get(policy.id);
    const slot = table?.find(fingerprint.high, fingerprint.low) ?? -1;
    if (table === undefined || slot < 0) return undefined;
    const now = this.#now(tagOf(fingerprint));
    const base = slot * table.width;
    const until = long(table.words, base + UNTIL);
    if (!(now - long(table.words, base + TIME) < this.#maxAgeMs)) return undefined;
    // A block that is over took its findings along: that is for the server to say.
    if (until > 0 && until <= now) return undefined;
    const blocked = until > now;
    return { blocked, count: table.words[base + COUNT]!, retryAfterMs: blocked ? until - now : 0 };
  }

  #makeTable(id: string): RecordTable {
    if (this.#strikes.size >= MAX_POLICIES) this.#dropOldest();
    const made = new RecordTable(STRIKE_WIDTH, this.#room, () => 1);
    this.#strikes.set(id, made);
    return made;
  }

  #dropOldest(): void {
    for (const [id, table] of this.#strikes) {
      this.#room.leave(table);
      this.#strikes.delete(id);
      return;
    }
  }
}

function long(words: Uint32Array, at: number): number {
  return words[at]! + words[at + 1]! * WORD;
}

function setLong(words: Uint32Array, at: number, value: number): void {
  words[at] = value;
  words[at + 1] = value / WORD;
}
