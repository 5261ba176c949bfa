// Servers behind the balancer of examples/self-hosted, with its own configuration; where there is no Caddy or no
// redis-server, this is skipped.
import { readFile, writeFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import arcjet, { fixedWindow, type Decision } from "@arcjet/core";
import { fakeRequest } from "@arcjet/core/testing";
import { remote } from "@arcjet/protocol/client/node";
import { remote as remoteByFetch } from "@arcjet/protocol/client";
import { afterEach, describe, expect, test } from "vitest";
import { begin, newPath, type Running } from "./harness.ts";
import { endProcesses, freePort, isInstalled, startCaddy, startRedis } from "./processes.ts";

const KEY = "ajkey_0123456789abcdefghij";
const CADDYFILE = new URL("../../../examples/self-hosted/Caddyfile", import.meta.url);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const running: Running[] = [];
const closing: (() => Promise<void>)[] = [];

async function stop({ stop, code }: Running): Promise<void> {
  stop();
  await code;
}

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const server of running.splice(0)) await stop(server);
  await endProcesses();
});

async function serve(redis: string): Promise<{ readonly server: Running; readonly host: string }> {
  const server = begin(["serve", "--port", "0", "--key", KEY, "--redis", redis, "--no-geo"]);
  running.push(server);
  const line = await server.line(/ on http/);
  return { server, host: new URL(line.slice(line.indexOf("http"))).host };
}

/** The configuration of the example, with servers at these addresses instead of those of Docker. */
async function configure(port: number, hosts: readonly string[]): Promise<string> {
  const example = await readFile(CADDYFILE, "utf8");
  const text = example
    .replace(/^{\n/, "{\n\tadmin off\n")
    .replace(":3001 {", `http://127.0.0.1:${port} {`)
    .replace(/dynamic a {[^}]*}/, `to ${hosts.map((host) => `http://${host}`).join(" ")}`);
  expect(text).not.toContain("dynamic");
  const file = await newPath("Caddyfile");
  await writeFile(file, text);
  return file;
}

/** Two servers that share Redis, behind a balancer. */
async function balanced() {
  const redisPort = await freePort();
  await startRedis(redisPort);
  const redis = `redis://127.0.0.1:${redisPort}`;
  const servers = [await serve(redis), await serve(redis)];
  const port = await freePort();
  await startCaddy(
    await configure(
      port,
      servers.map(({ host }) => host),
    ),
  );
  return { url: `http://127.0.0.1:${port}`, servers };
}

const NAMES = ["HTTP/2", "fetch"] as const;

function clientOf(baseUrl: string, max: number, name: (typeof NAMES)[number] = "HTTP/2") {
  const options = { baseUrl, key: KEY, timeout: 10_000 };
  const client = name === "HTTP/2" ? remote(options) : remoteByFetch(options);
  closing.push(() => client.close());
  return arcjet({ client, rules: [fixedWindow({ mode: "LIVE", window: 60, max })], log: quiet });
}

const areInstalled = isInstalled("caddy") && isInstalled("redis-server");

describe.skipIf(!areInstalled)("behind a balancer", { timeout: 60_000 }, () => {
  test.each(NAMES)("two servers count together for a client over %s", async (name) => {
    const { url, servers } = await balanced();
    const ask = async (): Promise<string> => {
      const { conclusion, degraded } = await clientOf(url, 2, name).protect(fakeRequest());
      return degraded ? "degraded" : conclusion;
    };
    expect([await ask(), await ask()]).toEqual(["ALLOW", "ALLOW"]);
    const haveAnswered = async (): Promise<readonly boolean[]> => {
      // Whichever of them is asked.
      expect(await ask()).toBe("DENY");
      const answered = 'arcjet_calls_total{procedure="Decide",code="ok"}';
      const pages = servers.map(async ({ host }) => (await fetch(`http://${host}/metrics`)).text());
      return (await Promise.all(pages)).map((text) => text.includes(answered));
    };
    await expect.poll(haveAnswered, { timeout: 30_000 }).toEqual([true, true]);
  });

  test.each(["/metrics", "/healthz", "/readyz"])("%s is not for clients", async (path) => {
    const { url } = await balanced();
    expect((await fetch(url + path)).status).toBe(404);
  });

  test("a server that stops under load costs no question its answer", async () => {
    const { url, servers } = await balanced();
    const aj = clientOf(url, 1_000_000);
    const decisions: Decision[] = [];
    const stopping = new AbortController();
    const work = async (): Promise<void> => {
      while (!stopping.signal.aborted) {
        await setImmediate();
        decisions.push(await aj.protect(fakeRequest()));
      }
    };
    const load = Promise.all(Array.from({ length: 20 }, work));
    const answers = (count: number) =>
      expect.poll(() => decisions.length, { timeout: 30_000 }).toBeGreaterThan(count);
    await answers(200);
    await stop(servers[0]!.server);
    await answers(decisions.length + 200);
    stopping.abort();
    await load;
    const said = decisions.map(({ conclusion, degraded }) => [conclusion, degraded].join());
    expect([...new Set(said)]).toEqual(["ALLOW,false"]);
  });
});
