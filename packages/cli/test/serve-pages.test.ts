// `arcjet serve --database`: what a server decided and what an application decided on its own, in its pages.
import { DatabaseSync } from "node:sqlite";
import arcjet, { detectBot, fixedWindow } from "@arcjet/core";
import { fakeRequest } from "@arcjet/core/testing";
import { remote } from "@arcjet/protocol/client/node";
import { sqliteLog } from "@arcjet/server/log";
import { afterEach, describe, expect, test } from "vitest";
import { begin, finish, newPath, type Running } from "./harness.ts";

const TOKEN = "the-admin-token-of-the-test";
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const DAY_MS = 86_400_000;
const curl = fakeRequest({ headers: { "user-agent": "curl/8.5" } });
const running: Running[] = [];

afterEach(async () => {
  for (const { stop, code } of running.splice(0)) {
    stop();
    await code;
  }
});

/** Starts a server, and gives a way to look at its pages. */
async function serve(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const command = begin(["serve", "--port", "0", "--no-geo", ...args], env);
  running.push(command);
  const line = await command.line(/ on http/);
  const url = line.slice(line.indexOf("http"));
  const signIn = async (token: string): Promise<Response> =>
    fetch(`${url}/sign-in`, {
      method: "POST",
      body: new URLSearchParams({ token }),
      redirect: "manual",
    });
  const look = async (path: string, token = TOKEN): Promise<string> => {
    const cookie = (await signIn(token)).headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
    return (await fetch(url + path, { headers: { cookie } })).text();
  };
  return { ...command, url, signIn, look };
}

const rules = () => [detectBot({ mode: "LIVE", allow: [] })];

describe("arcjet serve --database", () => {
  test("shows a decision of the server by the id that the client was given", async () => {
    const key = "ajkey_0123456789abcdefghij";
    const database = await newPath("decisions.db");
    const { url, look } = await serve([
      "--key",
      key,
      "--database",
      database,
      "--admin-token",
      TOKEN,
    ]);
    const client = remote({ baseUrl: url, key, timeout: 5_000 });
    const limit = fixedWindow({ mode: "LIVE", window: 60, max: 1 });
    const limited = arcjet({ client, rules: [limit], log: quiet });
    // A machine with much else to do may answer too late, and the process then decides alone.
    let id = "";
    for (let at = 1; at < 20 && !id.startsWith("req_"); at++)
      for (const ip of [`8.8.8.${at}`, `8.8.8.${at}`])
        ({ id } = await limited.protect(fakeRequest({ ip })));
    const bots = arcjet({ client, rules: rules(), log: quiet });
    const decided = [
      [id, /^req_/, "0 of 1 left in a window of 60 s"],
      // Denied before the server was asked, and reported to it.
      [(await bots.protect(curl)).id, /^lreq_/, "a client, which reported it"],
    ] as const;
    for (const [one, kind, text] of decided) {
      expect(one).toMatch(kind);
      await expect.poll(() => look(`/decisions/${one}`), { timeout: 10_000 }).toContain(text);
    }
    await client.close();
    expect(await look("/keys")).toContain("default");
  });

  test("shows what an application decided on its own, without any key", async () => {
    const database = await newPath("decisions.db");
    const log = sqliteLog(database, { log: quiet });
    const decision = await arcjet({ rules: rules(), sinks: [log], log: quiet }).protect(curl);
    await log.close();
    const { look } = await serve(["--database", database], { ARCJET_ADMIN_TOKEN: TOKEN });
    expect(decision.id).toMatch(/^lreq_/);
    expect(await look(`/decisions/${decision.id}`)).toContain("own process");
    expect(await look("/")).toContain("Denials by rule");
  });

  test("removes nothing from a log that it only shows", async () => {
    const database = await newPath("decisions.db");
    const log = sqliteLog(database, { log: quiet, maxAgeDays: 365 });
    await arcjet({ rules: rules(), sinks: [log], log: quiet }).protect(curl);
    await log.close();
    const file = new DatabaseSync(database);
    file.prepare("update decision set time = ?").run(Date.now() - 200 * DAY_MS);
    const { look } = await serve(["--database", database, "--admin-token", TOKEN]);
    expect(await look("/log")).toContain("30 days");
    expect(file.prepare("select count(*) as n from decision").get()).toEqual({ n: 1 });
    file.close();
  });

  test("makes an admin token when none is given, and keeps all others out", async () => {
    const { out, signIn } = await serve(["--database", await newPath("decisions.db")]);
    const token = /Admin token .*: ([0-9a-f]{32})$/.exec(out.join("\n").split("\n")[0] ?? "")?.[1];
    expect((await signIn(token ?? "")).status).toBe(303);
    expect((await signIn("0".repeat(32))).status).toBe(401);
  });

  test("marks the cookie Secure behind a proxy that ends TLS, and keeps what it is told to", async () => {
    const args = [
      "--behind-https",
      "--keep-days",
      "7",
      "--keep-decisions",
      "1000",
      "--keep-gib",
      "2",
    ];
    const database = await newPath("decisions.db");
    const { signIn, look } = await serve(["--database", database, "--admin-token", TOKEN, ...args]);
    expect((await signIn(TOKEN)).headers.getSetCookie()[0]).toContain("Secure");
    const page = await look("/log");
    for (const text of ["7 days", "1,000 decisions, 2 GiB"]) expect(page).toContain(text);
  });

  test("makes and revokes keys of its file, which are taken over at once", async () => {
    const file = await newPath("keys.json");
    await finish(["keys", "create", "--site", "shop", "--file", file]);
    const database = await newPath("decisions.db");
    const args = ["--keys", file, "--admin-token", TOKEN, "--database", database];
    const { url, signIn } = await serve(args);
    const cookie = (await signIn(TOKEN)).headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
    const html = await (await fetch(`${url}/keys`, { headers: { cookie } })).text();
    const form = /name="form" value="([^"]+)"/.exec(html)?.[1] ?? "";
    const body = new URLSearchParams({ form, site: "blog" });
    const made = await fetch(`${url}/keys`, { method: "POST", headers: { cookie }, body });
    const key = /(ajkey_\w+)/.exec(await made.text())?.[1] ?? "";
    const isServed = async (): Promise<boolean> => {
      const client = remote({ baseUrl: url, key, timeout: 5_000 });
      const { degraded } = await arcjet({ client, rules: rules(), log: quiet }).protect(curl);
      await client.close();
      return !degraded;
    };
    await expect.poll(isServed, { timeout: 10_000 }).toBe(true);
  });

  test.each([
    [["--key", "ajkey_0123456789", "--admin-token", TOKEN], "--admin-token needs --database"],
    [["--key", "ajkey_0123456789", "--keep-days", "9"], "--keep-days needs --database"],
    [["--database", "d.db", "--keep-days", "0"], "--keep-days takes a whole number from 1"],
    [["--database", "d.db", "--admin-token", "short"], "has 5 characters - use 16 to 512"],
    [["--database", "mysql://h/d"], "postgres:// URL"],
    [[], "or --database to show decisions alone"],
  ])("says what is wrong with %j", async (args, message) => {
    const { code, err } = await finish(["serve", "--port", "0", ...args]);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
  });
});
