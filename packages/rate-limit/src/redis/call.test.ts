import { describe, expect, it } from "vitest";
import { type Question, readReply } from "./call.ts";
import { PEEK, RESET } from "./kinds.ts";

const LIMIT = { algorithm: "FIXED_WINDOW", windowMs: 1000, max: 5, anchor: "first" } as const;
const GROUP = { id: "g", limits: [LIMIT], live: [true] };
const charge = { group: GROUP, fingerprint: { high: 1, low: 2 }, requested: [1] };
const peek: Question = { kind: PEEK, charges: { limits: [charge], strikes: [] } };
const reset: Question = { ...peek, kind: RESET };

describe("a reply", () => {
  it("is split among the questions", () => {
    const replies = readReply([900, 1, 900, 3, 0, 0, 0, 900, 4, 0], [peek, reset, peek], 5);
    expect(replies.map(({ at, now, sentAt, denied }) => [at, now, sentAt, denied])).toEqual([
      [2, 900, 5, true],
      [6, 900, 5, false],
      [7, 900, 5, false],
    ]);
  });

  it("may hold its integers as text", () => {
    expect(readReply(["900", "1", "900", "3", "0"], [peek], 0)[0]).toMatchObject({
      now: 900,
      denied: true,
    });
  });

  it.each([
    [null],
    ["OK"],
    [[]],
    [[900, 1, 900, 3]],
    [[900, 1, 900, 3, 0, 0]],
    [["when", "1", "900", "3", "0"]],
  ])("%j is refused", (reply) => {
    expect(() => readReply(reply, [peek], 0)).toThrow(TypeError);
  });
});
