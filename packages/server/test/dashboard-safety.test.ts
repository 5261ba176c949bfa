// What keeps others out of the dashboard, asked without a browser.
import { afterAll, describe, expect, test } from "vitest";
import { MAX_WRONG, MAX_WRONG_TOTAL } from "../src/dashboard/attempts.ts";
import { dashboard, type DashboardOptions } from "../src/dashboard/index.ts";
import { COOKIE, KNOWN_DAYS, SESSION_HOURS } from "../src/dashboard/session.ts";
import { ownPath } from "../src/dashboard/routes/sign-in.ts";
import { LogError, sqliteLog, type Ask, type DecisionLog } from "../src/log/index.ts";
import { quiet } from "./harness.ts";
import { decided, directory, HOSTILE } from "./log-harness.ts";

const TOKEN = "the-admin-token-of-the-test";
const ORIGIN = "http://127.0.0.1:3001";
const HOUR_MS = 3_600_000;
const place = directory();
const log = sqliteLog(place.path("log.db"), { log: quiet });
afterAll(async () => {
  await log.close();
  place.remove();
});

type Given = Partial<DashboardOptions> & { readonly address?: string };

/** A dashboard that is asked directly. */
function setUp({ address = "8.8.8.8", ...options }: Given = {}) {
  const pages = dashboard({ log, token: TOKEN, ...options });
  const ask = async (path: string, init: RequestInit = {}, from = address): Promise<Response> =>
    pages(new Request(ORIGIN + path, init), { address: from });
  const signIn = (token: string, headers: Record<string, string> = {}, from = address) =>
    ask("/sign-in", { method: "POST", body: new URLSearchParams({ token }), headers }, from);
  const cookie = async (): Promise<string> =>
    (await signIn(TOKEN)).headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  return { ask, signIn, cookie };
}

const formTokenIn = (html: string): string => /name="form" value="([^"]+)"/.exec(html)?.[1] ?? "";

describe("signing in", () => {
  test("gives a cookie that no script and no other site can use, and that is secure where asked", async () => {
    const given = (await setUp({ secure: true }).signIn(TOKEN)).headers.getSetCookie()[0];
    expect(given).toMatch(/^arcjet_session=[\w.-]+; /);
    for (const part of ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"])
      expect(given).toContain(part);
    expect((await setUp().signIn(TOKEN)).headers.getSetCookie()[0]).not.toContain("Secure");
  });

  test("lasts so many hours", async () => {
    let now = Date.now();
    const { ask, cookie } = setUp({ clock: () => now });
    const headers = { cookie: await cookie() };
    now += SESSION_HOURS * HOUR_MS;
    expect((await ask("/keys", { headers })).status).toBe(200);
    now++;
    expect((await ask("/keys", { headers })).status).toBe(303);
  });

  test.each([
    ["", "an absent cookie"],
    ["x", "no cookie of ours"],
    [`9999999999999.AAAAAAAAAAAAAAAAAAAAAA.${"A".repeat(43)}`, "a forged one"],
    ["9".repeat(5_000), "one without an end"],
  ])("refuses %j: %s", async (value) => {
    const { ask } = setUp();
    const answer = await ask("/decisions.csv", { headers: { cookie: `${COOKIE}=${value}` } });
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "/sign-in?next=%2Fdecisions.csv",
    ]);
  });

  test("is over for a cookie of which a sign was changed, and for all with another token", async () => {
    const { ask, cookie } = setUp();
    const value = await cookie();
    const later = value.replace(/=\d/, (start) => (start === "=9" ? "=8" : "=9"));
    expect((await ask("/keys", { headers: { cookie: later } })).status).toBe(303);
    const other = setUp({ token: "another-admin-token-of-it" });
    expect((await other.ask("/keys", { headers: { cookie: value } })).status).toBe(303);
  });

  test("is over at once after signing out, for whoever has copied the cookie as well", async () => {
    const { ask, cookie } = setUp();
    const headers = { cookie: await cookie() };
    const form = formTokenIn(await (await ask("/keys", { headers })).text());
    const body = new URLSearchParams({ form });
    const out = await ask("/sign-out", { method: "POST", headers, body });
    expect([out.status, out.headers.get("location")]).toEqual([303, "/sign-in"]);
    expect((await ask("/keys", { headers })).status).toBe(303);
  });

  test("is refused after so many wrong tokens from an address, or from the /64 of one, for five minutes", async () => {
    let now = Date.now();
    const { signIn } = setUp({ clock: () => now });
    for (let at = 0; at < MAX_WRONG; at++)
      expect((await signIn("wrong", {}, `2001:db8:1:2::${at + 1}`)).status).toBe(401);
    expect((await signIn(TOKEN, {}, "2001:db8:1:2::ffff")).status).toBe(429);
    expect((await signIn(TOKEN, {}, "2001:db8:1:3::1")).status).toBe(303);
    now += 300_000;
    expect((await signIn(TOKEN, {}, "2001:db8:1:2::1")).status).toBe(303);
  });

  test("is refused after so many wrong ones from all, but not for a browser that was there before", async () => {
    let now = Date.now();
    const { signIn, cookie } = setUp({ clock: () => now });
    const headers = { cookie: await cookie() };
    now += (KNOWN_DAYS - 1) * 24 * HOUR_MS;
    for (let at = 0; at < MAX_WRONG_TOTAL; at++)
      expect((await signIn("wrong", {}, `9.9.${at}.1`)).status).toBe(401);
    expect((await signIn(TOKEN, {}, "1.1.1.1")).status).toBe(429);
    for (let at = 0; at < MAX_WRONG - 1; at++)
      expect((await signIn("wrong", headers)).status).toBe(401);
    expect((await signIn(TOKEN, headers)).status).toBe(303);
    await signIn("wrong", headers);
    expect((await signIn(TOKEN, headers)).status).toBe(429);
  });

  test.each([
    ["/decisions?rule=BOT", "/decisions?rule=BOT"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["/\t/evil.example", "/"],
  ])("leads from %j on to %s", (wanted, path) => {
    expect(ownPath(wanted)).toBe(path);
  });

  test.each([[15], [513]])("takes no admin token of %d characters", (length) => {
    expect(() => dashboard({ log, token: "x".repeat(length) })).toThrow("openssl rand");
  });
});

describe("a form", () => {
  test.each([
    [{ "sec-fetch-site": "same-origin" }, 303],
    // As behind a proxy that asks for 127.0.0.1.
    [{ "sec-fetch-site": "same-origin", origin: "https://admin.example" }, 303],
    [{ "sec-fetch-site": "none" }, 303],
    [{ "sec-fetch-site": "same-site", origin: ORIGIN }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ origin: ORIGIN }, 303],
    [{ origin: "https://127.0.0.1:3001" }, 303],
    [{ origin: "http://127.0.0.1:3002" }, 403],
    [{ origin: "null" }, 403],
    [{}, 303],
  ])("with %j is answered with %d", async (headers, status) => {
    const { signIn } = setUp();
    expect((await signIn(TOKEN, headers as Record<string, string>)).status).toBe(status);
  });

  test.each(["/keys", "/keys/revoke", "/sign-out"])(
    "for %s needs what a page of its own session carries",
    async (path) => {
      const { ask, cookie } = setUp();
      const mine = await cookie();
      const other = { cookie: await cookie() };
      const foreign = formTokenIn(await (await ask("/keys", { headers: other })).text());
      expect(foreign).not.toBe("");
      for (const form of ["", "x", foreign, "x".repeat(10_000)]) {
        const body = new URLSearchParams({ form, site: "shop", id: "key_1" });
        const answer = await ask(path, { method: "POST", body, headers: { cookie: mine } });
        expect(answer.status).toBe(403);
      }
    },
  );
});

describe("every answer", () => {
  test.each(["/", "/sign-in", "/decisions.csv", "/absent", "/assets/icon.svg"])(
    "of %s forbids what is not of this server",
    async (path) => {
      const { ask, cookie } = setUp();
      const { headers } = await ask(path, { headers: { cookie: await cookie() } });
      const policy = headers.get("content-security-policy") ?? "";
      for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"])
        expect(policy).toContain(part);
      expect(policy).not.toMatch(/unsafe|data:|\*/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toMatch(/no-store|max-age/);
    },
  );
});

describe("while the log cannot be read", () => {
  // It answers no question, so none has an answer of the wrong kind.
  const away = (() => Promise.reject(new LogError("the disk is <b>gone</b>"))) as Ask;
  const broken: DecisionLog = Object.assign(() => undefined, {
    status: () => ({ written: 5, dropped: 3, waiting: 2, failure: "locked <i>away</i>" }),
    ask: away,
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });

  test.each(["/", "/decisions", "/decisions/req_1", "/top", "/dry-run", "/log", "/decisions.csv"])(
    "%s says so, and how many decisions wait and are dropped",
    async (path) => {
      const { ask, cookie } = setUp({ log: broken });
      const answer = await ask(path, { headers: { cookie: await cookie() } });
      const html = await answer.text();
      expect(answer.status).toBe(503);
      expect(html).toContain("the database does not answer: the disk is &lt;b&gt;gone&lt;/b&gt;");
      expect(html).toContain("locked &lt;i&gt;away&lt;/i&gt;");
      expect(html).toContain("2 wait, 3 are dropped");
    },
  );

  test("the live feed is told in JSON, and the keys are shown all the same", async () => {
    const { ask, cookie } = setUp({ log: broken });
    const value = await cookie();
    const headers = { cookie: value, accept: "application/json" };
    const answer = await ask("/decisions/newer?after=0", { headers });
    expect([answer.status, (await answer.json()).error]).toEqual([503, expect.any(String)]);
    expect((await ask("/keys", { headers: { cookie: value } })).status).toBe(200);
  });
});

test("what cannot be read in the query of a page is as if it were not there", async () => {
  log(decided({ id: "req_1", text: HOSTILE }));
  await log.flush();
  const { ask, cookie } = setUp();
  const headers = { cookie: await cookie() };
  for (const query of [
    "?from=yesterday&to=9999999-01-01T00:00",
    "?before=99999999999999999999.1",
    "?path=%00%EF%BF%BE&ip=%ED%A0%80",
    `?path=${"*a".repeat(500)}`,
    `?id=${"x".repeat(2_000)}`,
    "?range=9y&site=%3Cscript%3E",
  ])
    for (const path of ["/", "/decisions", "/top", "/dry-run", "/decisions.json"])
      expect([path + query, (await ask(path + query, { headers })).status]).toEqual([
        path + query,
        200,
      ]);
  expect((await ask("/decisions/%00", { headers })).status).toBe(404);
  expect((await ask("/decisions/newer?after=-1", { headers })).status).toBe(400);
});
