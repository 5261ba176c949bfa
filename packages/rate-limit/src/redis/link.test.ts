import { describe, expect, it, vi } from "vitest";
import { createLink, type IoRedisClient, type Link, type RedisClient } from "./link.ts";

const CALL = { keys: ["a", "b"], program: "[1]" };
const SCRIPT = "return 1";
/** SHA-1 of the script, as Redis works it out. */
const SHA = "e0e1f9fabfc9d4800c877a703b823ac0578ff8db";

function fakeRedis(knowsScript: () => boolean) {
  const seen: unknown[][] = [];
  const client: IoRedisClient = {
    status: "ready",
    evalsha: async (...given) => {
      seen.push(["evalsha", ...given]);
      if (!knowsScript()) throw new Error("NOSCRIPT No matching script.");
      return 1;
    },
    eval: async (...given) => {
      seen.push(["eval", ...given]);
      return 1;
    },
    on: () => undefined,
  };
  return { client, seen };
}

/** The hash is made in the background, and until then the text is sent: waits for that. */
async function byHash(link: Link, seen: unknown[][]): Promise<void> {
  await vi.waitFor(async () => {
    await link.call(CALL);
    expect(seen.at(-1)?.[0]).toBe("evalsha");
  });
  seen.length = 0;
}

describe("a script", () => {
  it("is sent by its hash, and as text where it is not known", async () => {
    let known = true;
    const { client, seen } = fakeRedis(() => known);
    const link = createLink(client, SCRIPT);
    await byHash(link, seen);
    known = false;
    await link.call(CALL);
    known = true;
    await link.call(CALL);
    expect(seen).toEqual([
      ["evalsha", SHA, 2, "a", "b", "[1]"],
      ["eval", SCRIPT, 2, "a", "b", "[1]"],
      ["evalsha", SHA, 2, "a", "b", "[1]"],
    ]);
  });

  it("is not sent again for another error", async () => {
    let answer: () => Promise<unknown> = async () => 1;
    const { client, seen } = fakeRedis(() => true);
    const failing: IoRedisClient = {
      ...client,
      evalsha: (...given) => {
        seen.push(["evalsha", ...given]);
        return answer();
      },
    };
    const link = createLink(failing, SCRIPT);
    await byHash(link, seen);
    answer = async () => Promise.reject(new Error("OOM"));
    await expect(link.call(CALL)).rejects.toThrow("OOM");
    expect(seen.map(([command]) => command)).toEqual(["evalsha"]);
  });
});

describe("a client", () => {
  it.each([
    ["ready", true],
    ["wait", true],
    ["connecting", true],
    ["end", false],
  ] as const)("that has not been ready and is %s may be used: %s", (status, before) => {
    const { client } = fakeRedis(() => true);
    expect(createLink({ ...client, status }, SCRIPT).open()).toBe(before);
  });

  it("that was ready and is no longer may not be used", () => {
    const { client } = fakeRedis(() => true);
    const changing = { ...client, status: "ready" };
    const link = createLink(changing, SCRIPT);
    expect(link.open()).toBe(true);
    changing.status = "reconnecting";
    expect(link.open()).toBe(false);
  });

  it.each([undefined, null, "redis://localhost", {}, { evalsha: 1 }])(
    "that is %j is refused",
    (client) => {
      // A program in JavaScript may pass anything.
      expect(() => createLink(client as unknown as RedisClient, SCRIPT)).toThrow("`client`");
    },
  );
});
