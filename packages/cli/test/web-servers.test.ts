// Logs of real web servers tell of the requests that were sent to them: those that were kept from each
// server, which are read wherever the tests run, and those that the servers installed here write now.
// `.ci/run` installs all of them.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { LogEntry } from "../src/replay/entry.ts";
import { readEntries } from "../src/replay/source.ts";
import { traffic } from "./traffic.ts";
import { isInstalled, serveTraffic, webServers, type Served } from "./web-servers.ts";

interface ReadLog {
  readonly entries: readonly LogEntry[];
  readonly unparsed: readonly string[];
}

async function readLog(bytes: Buffer): Promise<ReadLog> {
  const entries: LogEntry[] = [];
  const unparsed: string[] = [];
  const input = {
    name: "log",
    size: bytes.length,
    read: async function* () {
      yield bytes;
    },
  };
  const batches = readEntries(input, {
    format: undefined,
    onUnparsed: (_, __, text) => unparsed.push(text),
    onBytes: () => {},
    onWarning: (message) => expect.unreachable(message),
    onBroken: (message) => expect.unreachable(message),
  });
  for await (const batch of batches) entries.push(...batch);
  return { entries, unparsed };
}

/** Every request that was answered stands in the log as it was sent, and nothing else does. */
async function expectTraffic({ log, statuses }: Served): Promise<void> {
  const { entries, unparsed } = await readLog(log);
  const read = entries.map(({ method, target, httpVersion, headers, status }) => ({
    method,
    target,
    version: httpVersion,
    agent: headers["user-agent"],
    referer: headers.referer,
    status,
  }));
  const sent = traffic.map(({ method, target, version, headers }, at) => ({
    method,
    target,
    version,
    agent: headers["user-agent"],
    referer: headers.referer,
    status: statuses[at],
  }));
  expect(read.slice(0, -1)).toEqual(sent);
  expect(read.at(-1)).toMatchObject({ target: "/last" });
  // The greeting of TLS is no request; Caddy does not log it.
  expect(unparsed.length).toBeLessThanOrEqual(1);
  for (const { client, time } of entries) {
    expect(client).toBe("127.0.0.1");
    expect(time).toBeGreaterThan(Date.UTC(2026, 0, 1));
  }
}

test.each(webServers)("$name wrote a log that is read as it was sent", async ({ name }) => {
  const file = (ending: string): URL => new URL(`fixtures/${name}.${ending}`, import.meta.url);
  const statuses: unknown = JSON.parse(await readFile(file("json"), "utf8"));
  expect(statuses).toHaveLength(traffic.length);
  await expectTraffic({ log: await readFile(file("log")), statuses: statuses as number[] });
});

for (const server of webServers.filter(isInstalled))
  test(`${server.name} writes a log that is read as it was sent`, async () => {
    const served = await serveTraffic(server);
    expect(served.statuses).toHaveLength(traffic.length);
    await expectTraffic(served);
  });
