import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { request } from "node:https";
import { dirname, join } from "node:path";
import arcjet, { detectBot, fixedWindow, type Decision } from "@arcjet/core";
import { fakeRequest, type FakeRequestOptions } from "@arcjet/core/testing";
import { remote } from "@arcjet/protocol/client/node";
import { afterEach, describe, expect, test } from "vitest";
import { begin, finish, newPath, type Running } from "./harness.ts";

const KEY = "ajkey_0123456789";
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const running: Running[] = [];

afterEach(async () => {
  for (const { stop, code } of running.splice(0)) {
    stop();
    await code;
  }
});

/** Starts a server on a free port. */
async function serve(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const command = begin(["serve", "--port", "0", ...args], env);
  running.push(command);
  const line = await command.line(/ on http/);
  return { ...command, url: line.slice(line.indexOf("http")) };
}

/** Whether a client with this key gets its decision from the server. */
async function isServed(baseUrl: string, key: string): Promise<boolean> {
  const client = remote({ baseUrl, key, timeout: 5_000 });
  const rules = [fixedWindow({ mode: "LIVE", window: 60, max: 5 })];
  const { degraded } = await arcjet({ client, rules, log: quiet }).protect(fakeRequest());
  await client.close();
  return !degraded;
}

const GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

/** What a server decides about a request, with a rule on bots. */
async function ask(baseUrl: string, request: FakeRequestOptions): Promise<Decision> {
  const client = remote({ baseUrl, key: KEY, timeout: 5_000 });
  const rules = [detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"], verify: "await" })];
  const decision = await arcjet({ client, rules, log: quiet }).protect(fakeRequest(request));
  await client.close();
  return decision;
}

describe("arcjet serve", () => {
  test.each([
    ["on the command line", ["--key", KEY], {}],
    ["in the environment", [], { ARCJET_KEY: KEY }],
  ])("decides for who has the key that is %s, and stops when told to", async (_, args, env) => {
    const { url, stop, code } = await serve(args, env);
    expect(await isServed(url, KEY)).toBe(true);
    expect(await isServed(url, `${KEY}0`)).toBe(false);
    stop();
    expect(await code).toBe(0);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  test.each([
    ["ajkey_x", true],
    [`ajkey_${"x".repeat(15)}`, true],
    [`ajkey_${"x".repeat(16)}`, false],
  ])("takes the key %s, and says so when it can be guessed", async (key, isShort) => {
    const { url, err } = await serve(["--key", key]);
    expect(await isServed(url, key)).toBe(true);
    expect(err.join().includes("guessed")).toBe(isShort);
  });

  test("takes over keys that are made while it runs", async () => {
    const file = await newPath("keys.json");
    await finish(["keys", "create", "--site", "shop", "--file", file]);
    const { url } = await serve(["--keys", file]);
    const { out: key } = await finish(["keys", "create", "--site", "blog", "--file", file]);
    await expect.poll(() => isServed(url, key), { timeout: 10_000 }).toBe(true);
  });

  test("hides its metrics when told to", async () => {
    const shown = await serve(["--key", KEY]);
    expect((await fetch(`${shown.url}/metrics`)).status).toBe(200);
    const hidden = await serve(["--key", KEY, "--no-metrics"]);
    expect((await fetch(`${hidden.url}/metrics`)).status).toBe(404);
  });

  test("speaks TLS with a certificate", async () => {
    const cert = await newPath("cert.pem");
    const key = join(dirname(cert), "key.pem");
    const args = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1";
    const subject = ["-subj", "/CN=localhost", "-keyout", key, "-out", cert];
    execFileSync("openssl", [...args.split(" "), ...subject], { stdio: "ignore" });
    const { url } = await serve(["--key", KEY, "--tls-cert", cert, "--tls-key", key]);
    expect(url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      const asking = request(`${url}/readyz`, { rejectUnauthorized: false }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      asking.on("error", reject);
      asking.end();
    });
    expect(status).toBe(200);
  });

  test.each([
    ["a key that is none", ["--key", "secret"], "invalid key"],
    ["a certificate that is not there", ["--key", KEY, "--tls-cert", "x", "--tls-key", "x"], "x"],
  ])("does not begin with %s", async (_, args, message) => {
    const { code, err } = await finish(["serve", "--port", "0", ...args]);
    expect([code, err]).toEqual([1, expect.stringContaining(message)]);
  });

  test("does not begin with a file that holds no keys", async () => {
    const file = await newPath("keys.json");
    await writeFile(file, "{}");
    const { code, err } = await finish(["serve", "--keys", file]);
    expect([code, err]).toEqual([1, expect.stringContaining("no file of keys")]);
  });

  test("says which port is taken", async () => {
    const { url } = await serve(["--key", KEY]);
    const { port } = new URL(url);
    const { code, err } = await finish(["serve", "--key", KEY, "--port", port]);
    expect([code, err]).toEqual([1, expect.stringContaining(port)]);
  });

  test("knows addresses by the pack that comes with it, unless told not to", async () => {
    const known = await serve(["--key", KEY]);
    const { ip } = await ask(known.url, { ip: "8.8.8.8" });
    expect(ip.toJSON()).toMatchObject({ country: "US", asn: "15169", isHosting: true });
    const unknown = await serve(["--key", KEY, "--no-geo"]);
    expect((await ask(unknown.url, { ip: "8.8.8.8" })).ip.toJSON()).toEqual({});
  });

  test("verifies a search engine at its own address", async () => {
    const { url } = await serve(["--key", KEY]);
    const decision = await ask(url, { ip: "66.249.66.1", headers: { "user-agent": GOOGLEBOT } });
    const [result] = decision.results;
    expect(result?.reason).toMatchObject({ type: "BOT", verified: true, spoofed: false });
  });

  test.each([
    ["data.csv", 2, ".mmdb or .pack"],
    ["missing.mmdb", 1, "missing.mmdb"],
  ])("does not begin with IP data in %s", async (file, code, message) => {
    const ended = await finish(["serve", "--key", KEY, "--geo", file]);
    expect([ended.code, ended.err]).toEqual([code, expect.stringContaining(message)]);
  });

  test("says when spans were wanted and cannot be made", async () => {
    const { err } = await serve(["--key", KEY], { OTEL_TRACES_EXPORTER: "otlp" });
    expect(err.join()).toContain("@opentelemetry/api is not installed");
  });
});
