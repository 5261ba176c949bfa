import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Call, Question, Reply } from "./call.ts";
import { Lane, MAX_BATCH, MAX_KEYS } from "./lane.ts";
import { PEEK } from "./kinds.ts";

const LIMIT = { algorithm: "FIXED_WINDOW", windowMs: 1000, max: 5, anchor: "first" } as const;
const GROUP = { id: "g", limits: [LIMIT], live: [true] };
const DEADLINE = 100;

/** Requests in a call: the number before the first of them. */
const sizeOf = ({ program }: Call): number => JSON.parse(program)[8];

function fixture() {
  const calls: { call: Call; answer: () => void; fail: (cause: Error) => void }[] = [];
  const deferred: (() => void)[] = [];
  const told: unknown[] = [];
  const world = { open: true, now: 0 };
  const answerTo = (call: Call): number[] => {
    const numbers = [1_000_000];
    for (let i = 0; i < sizeOf(call); i++) numbers.push(0, 1_000_000, 0, 0);
    return numbers;
  };
  const lane = new Lane(
    {
      prefix: "p:",
      deadlineMs: DEADLINE,
      call: (call) =>
        new Promise((resolve, fail) => {
          calls.push({ call, answer: () => resolve(answerTo(call)), fail });
        }),
      isOpen: () => world.open,
      monotonic: () => world.now,
      clock: () => -1,
      defer: (run) => deferred.push(run),
      onAway: (cause) => told.push(cause),
      onBack: () => told.push("back"),
    },
    0,
  );
  const replies: (Reply | undefined)[] = [];
  const ask = (keys = 1): void => {
    const limits = Array.from({ length: keys }, (_, low) => ({
      group: GROUP,
      fingerprint: { high: replies.length, low },
      requested: [1],
    }));
    const question: Question = { kind: PEEK, charges: { limits, strikes: [] } };
    lane.ask({ ...question, settle: (reply) => replies.push(reply) });
  };
  const endTick = (): void => {
    for (const run of deferred.splice(0)) run();
  };
  return { lane, calls, told, world, replies, ask, endTick };
}

/** Lets what has been answered be read. */
const settled = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a lane", () => {
  it("sends the first question at once, and those that come meanwhile together", () => {
    const { calls, ask, endTick } = fixture();
    for (let i = 0; i < 5; i++) ask();
    expect(calls.map(({ call }) => sizeOf(call))).toEqual([1]);
    endTick();
    expect(calls.map(({ call }) => sizeOf(call))).toEqual([1, 4]);
  });

  it.each([
    [MAX_BATCH - 1, [1]],
    [MAX_BATCH, [1, MAX_BATCH]],
    [MAX_BATCH + 1, [1, MAX_BATCH]],
  ])("with %d questions waiting has sent calls of %j", (waiting, sizes) => {
    const { calls, ask } = fixture();
    for (let i = 0; i <= waiting; i++) ask();
    expect(calls.map(({ call }) => sizeOf(call))).toEqual(sizes);
  });

  it.each([
    [MAX_KEYS, [1]],
    [MAX_KEYS + 1, [1, 1]],
  ])("with questions about %d records waiting has sent calls of %j", (keys, sizes) => {
    const { calls, ask } = fixture();
    ask();
    ask(MAX_KEYS - 1);
    ask(keys - MAX_KEYS + 1);
    expect(calls.map(({ call }) => sizeOf(call))).toEqual(sizes);
  });

  it("names a record once, however many questions are about it", () => {
    const { calls, lane, endTick } = fixture();
    const charge = { group: GROUP, fingerprint: { high: 1, low: 2 }, requested: [1] };
    const question: Question = { kind: PEEK, charges: { limits: [charge], strikes: [] } };
    for (let i = 0; i < 4; i++) lane.ask({ ...question, settle: () => undefined });
    endTick();
    expect(calls.map(({ call }) => call.keys)).toEqual([["p:{02}l:g:1.2"], ["p:{02}l:g:1.2"]]);
  });

  it("gives up at the deadline, tells all that wait, and is then closed", async () => {
    const { lane, replies, told, ask, endTick } = fixture();
    for (let i = 0; i < 3; i++) ask();
    await vi.advanceTimersByTimeAsync(DEADLINE);
    endTick();
    expect(replies).toEqual([undefined, undefined, undefined]);
    expect([lane.isOpen(), told.length]).toEqual([false, 1]);
  });

  it("reads a reply that is there when a late timer runs", async () => {
    const { lane, calls, replies, ask, endTick } = fixture();
    ask();
    vi.advanceTimersByTime(DEADLINE);
    calls[0]!.answer();
    await settled();
    endTick();
    expect([replies[0]?.denied, lane.isOpen()]).toEqual([false, true]);
  });

  it("ignores a reply that comes after it gave up", async () => {
    const { calls, replies, ask, endTick } = fixture();
    ask();
    await vi.advanceTimersByTimeAsync(DEADLINE);
    endTick();
    calls[0]!.answer();
    await settled();
    expect(replies).toEqual([undefined]);
  });

  it("probes until it is answered, further and further apart", async () => {
    const { lane, calls, told, world, ask } = fixture();
    ask();
    calls[0]!.fail(new Error("gone"));
    await settled();
    const probes: number[] = [];
    for (; world.now <= 4000; world.now += 50) {
      const before = calls.length;
      lane.isOpen();
      if (calls.length === before) continue;
      probes.push(world.now);
      calls.at(-1)!.fail(new Error("still gone"));
      await settled();
    }
    expect(probes).toEqual([100, 300, 700, 1500, 2500, 3500]);
    world.now += 1000;
    lane.isOpen();
    calls.at(-1)!.answer();
    await settled();
    expect([lane.isOpen(), told.at(-1), told.length]).toEqual([true, "back", 2]);
  });

  it("probes at once when there is a connection again, and not while all is well", async () => {
    const { lane, calls, ask } = fixture();
    lane.recover();
    expect(calls).toHaveLength(0);
    ask();
    calls[0]!.fail(new Error("gone"));
    await settled();
    lane.recover();
    expect(calls).toHaveLength(2);
    calls[1]!.answer();
    await settled();
    expect(lane.isOpen()).toBe(true);
  });

  it("sends nothing while the client is not connected", () => {
    const { lane, calls, told, world } = fixture();
    world.open = false;
    expect([lane.isOpen(), calls.length, told.length]).toEqual([false, 0, 1]);
    world.now += 100;
    expect([lane.isOpen(), calls.length, told.length]).toEqual([false, 0, 1]);
  });

  it("answers all that wait when the connection is lost", () => {
    const { lane, replies, ask } = fixture();
    for (let i = 0; i < 3; i++) ask();
    lane.lose(new Error("closed"));
    expect(replies).toEqual([undefined, undefined, undefined]);
  });
});
