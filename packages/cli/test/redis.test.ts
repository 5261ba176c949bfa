// Servers that share Redis share their counters; where there is no redis-server, this is skipped.
import arcjet, { fixedWindow } from "@arcjet/core";
import { fakeRequest } from "@arcjet/core/testing";
import { remote } from "@arcjet/protocol/client/node";
import { afterEach, describe, expect, test } from "vitest";
import { begin, finish, type Running } from "./harness.ts";
import { end, endProcesses, freePort, isInstalled, startRedis } from "./processes.ts";

const KEY = "ajkey_0123456789";
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const running: Running[] = [];

afterEach(async () => {
  for (const { stop, code } of running.splice(0)) {
    stop();
    await code;
  }
  await endProcesses();
});

async function serve(redis: string): Promise<string> {
  const command = begin(["serve", "--port", "0", "--key", KEY, "--redis", redis, "--no-geo"]);
  running.push(command);
  const line = await command.line(/ on http/);
  return line.slice(line.indexOf("http"));
}

/** A client that is let through twice a minute. */
function clientOf(baseUrl: string) {
  const client = remote({ baseUrl, key: KEY, timeout: 5_000 });
  const rules = [fixedWindow({ mode: "LIVE", window: 60, max: 2 })];
  const aj = arcjet({ client, rules, log: quiet });
  return {
    ask: async (ip?: string) => {
      const { conclusion, degraded } = await aj.protect(fakeRequest(ip ? { ip } : {}));
      return degraded ? `${conclusion} degraded` : conclusion;
    },
    close: () => client.close(),
  };
}

describe.skipIf(!isInstalled("redis-server"))("arcjet serve --redis", () => {
  test("shares counters with every server of the same Redis", async () => {
    const port = await freePort();
    await startRedis(port);
    const [one, two] = [
      clientOf(await serve(`redis://127.0.0.1:${port}`)),
      clientOf(await serve(`redis://127.0.0.1:${port}`)),
    ];
    expect(await one.ask()).toBe("ALLOW");
    expect(await two.ask()).toBe("ALLOW");
    expect(await one.ask()).toBe("DENY");
    expect(await two.ask()).toBe("DENY");
    expect(await two.ask("8.8.8.8")).toBe("ALLOW");
    await Promise.all([one.close(), two.close()]);
  });

  test("counts alone, and says so, while Redis is away, and with the others once it is back", async () => {
    const port = await freePort();
    const redis = await startRedis(port);
    const { ask, close } = clientOf(await serve(`redis://127.0.0.1:${port}`));
    expect(await ask()).toBe("ALLOW");
    await end(redis);
    await expect.poll(() => ask("8.8.8.8")).toMatch(/ degraded$/);
    await startRedis(port);
    let last = 0;
    await expect.poll(() => ask(`8.8.4.${++last}`), { timeout: 15_000 }).toBe("ALLOW");
    await close();
  });

  test("does not begin while Redis cannot be reached", async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    const { code, err } = await finish(["serve", "--key", KEY, "--redis", url]);
    expect([code, err]).toEqual([1, expect.stringMatching(/Redis cannot be used: .*ECONNREFUSED/)]);
  });
});

test("an address that is none is refused, without showing the password in it", async () => {
  const { code, err } = await finish(["serve", "--key", KEY, "--redis", "http://:secret@x"]);
  expect([code, err]).toEqual([2, expect.stringContaining("redis: or rediss:")]);
  expect(err).not.toContain("secret");
});
