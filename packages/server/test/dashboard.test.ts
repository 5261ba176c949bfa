// The dashboard in a real browser, behind a real server.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium, type Browser, type Cookie, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createKey, createServer, type Server, type SiteKey } from "../src/index.ts";
import { dashboard } from "../src/dashboard/index.ts";
import { sqliteLog, type DecisionLog } from "../src/log/index.ts";
import { decided, directory, HOSTILE } from "./log-harness.ts";
import { quiet } from "./harness.ts";

const CHROMIUM = "/usr/bin/chromium";
const TOKEN = "the-admin-token-of-the-test";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOOKS = [
  [1_440, "light"],
  [1_440, "dark"],
  [390, "dark"],
  [390, "light"],
] as const;
/** The width of a page and what axe has against it, once its lines are drawn anew. */
const LOOK = `new Promise(requestAnimationFrame)
  .then(() => axe.run({ resultTypes: ["violations"] }))
  .then(({ violations }) => [
    document.documentElement.scrollWidth,
    violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => id + " " + nodes[0].html),
  ])`;
/** Where pictures of all pages are put, for whoever wants to look at them. */
const SHOTS = process.env.ARCJET_SHOTS;
const PATHS = [
  "/",
  "/?range=1h&site=none",
  "/decisions",
  "/decisions?ip=9.9.9.9&dry=*",
  "/decisions/req_1",
  "/decisions/req_hostile",
  "/top",
  "/dry-run",
  "/keys",
  "/log",
];

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  const file = name.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  await page.screenshot({ path: `${SHOTS}/${file}.png`, fullPage: true });
}

describe.skipIf(!existsSync(CHROMIUM))("the dashboard in Chromium", () => {
  const place = directory();
  let browser: Browser;
  let log: DecisionLog;
  let server: Server;
  let url = "";
  let keys: SiteKey[] = [createKey("shop").stored];
  const complaints: string[] = [];
  let session: Cookie;

  const open = async (options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> => {
    const page = await browser.newPage(options);
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (cause) => complaints.push(cause.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(url)) complaints.push(`outside: ${request.url()}`);
    });
    return page;
  };
  const signIn = async (page: Page, path = "/"): Promise<void> => {
    await page.goto(url + path);
    await page.getByLabel("Admin token").fill(TOKEN);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Sign out" }).waitFor();
  };

  beforeAll(async () => {
    log = sqliteLog(place.path("decisions.db"), { log: quiet });
    const hour = 3_600_000;
    for (let at = 1; at <= 600; at++)
      log(
        decided({
          id: `req_${at}`,
          time: Date.now() - ((at * 97) % 1_400) * 60_000,
          denied: at % 4 === 1,
          dry: at % 7 === 0,
          ip: `8.8.${at % 9}.${at % 30}`,
          path: ["/", "/login", "/api/items", "/search"][at % 4] ?? "/",
        }),
      );
    log(
      decided({
        id: "req_hostile",
        denied: true,
        dry: true,
        text: HOSTILE,
        time: Date.now() - hour,
      }),
    );
    log(decided({ id: HOSTILE, text: HOSTILE }));
    await log.flush();
    const admin = {
      list: () => keys,
      create: async (site: string) => {
        const { key, stored } = createKey(site);
        keys = [...keys, stored];
        return key;
      },
      revoke: async (id: string) => {
        keys = keys.map((key) =>
          key.id === id ? { ...key, revoked: "2026-01-01T00:00:00Z" } : key,
        );
      },
    };
    server = createServer({
      keys: [],
      log: quiet,
      sinks: [log],
      pages: dashboard({ log, token: TOKEN, keys: admin }),
    });
    ({ url } = await server.listen({ port: 0 }));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    const page = await open();
    await signIn(page);
    [session] = (await page.context().cookies()) as [Cookie];
    await page.close();
  });
  afterEach(() => {
    const [first] = complaints.splice(0);
    if (first !== undefined) throw new Error(first);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close(0);
    await log?.close();
    place.remove();
  });

  test("lets in whoever knows the token, and leads on to the page that was asked for", async () => {
    const page = await open();
    await page.goto(`${url}/decisions/req_1`);
    await page.getByLabel("Admin token").fill("not the admin token");
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("not the admin token");
    complaints.length = 0; // The browser notes the status 401.
    await page.getByLabel("Admin token").fill(TOKEN);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${url}/decisions/req_1`);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    await page.close();
  });

  test.each(PATHS)(
    "shows %s in light and dark, wide and narrow, without a finding",
    async (path) => {
      const page = await open();
      await page.context().addCookies([session]);
      await page.goto(url + path);
      expect(await page.title()).not.toBe("owned");
      expect(await page.locator("main img, main script").count()).toBe(0);
      await page.evaluate(axe);
      for (const [width, colorScheme] of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        const [wide, findings] = await page.evaluate<[number, string[]]>(LOOK);
        expect(wide, `${path} at ${width} px`).toBeLessThanOrEqual(width);
        expect(findings, `${path} at ${width} px in ${colorScheme}`).toEqual([]);
        await shoot(page, `${path} ${width} ${colorScheme}`);
      }
      await page.close();
    },
  );

  test("finds a denied request by its id, with why, and what a filter leaves", async () => {
    const page = await open();
    await signIn(page, "/decisions");
    await page.getByRole("heading", { name: "Filter" }).click();
    await page.getByLabel("Decision id").fill("req_1");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "req_1", exact: true }).click();
    expect(await page.getByRole("main").textContent()).toContain(
      "A bot that the rule does not allow: CURL.",
    );
    await page.goto(`${url}/decisions?rule=BOT&from=2020-01-01T00:00&to=2020-01-02T00:00`);
    expect(await page.getByRole("main").textContent()).toContain("No decision matches.");
    await page.goto(`${url}/decisions?rule=BOT`);
    expect(await page.locator("tbody tr").count()).toBe(50);
    await page.goto(`${url}/dry-run`);
    expect(await page.getByRole("main").textContent()).toContain('deny ip.src.country eq "KP"');
    await page.close();
  });

  test("puts new decisions on top of a live feed, as texts", async () => {
    const page = await open();
    await signIn(page, "/decisions");
    await page.getByRole("button", { name: "Live" }).click();
    log(decided({ id: "req_live", text: HOSTILE, denied: true }));
    await page.getByRole("link", { name: "req_live" }).waitFor();
    expect(await page.title()).toBe("Decisions · Arcjet");
    expect(await page.locator("tbody img").count()).toBe(0);
    await page.close();
  });

  test("makes a key and revokes it by keyboard alone", async () => {
    const page = await open();
    page.on("dialog", (dialog) => void dialog.accept());
    await signIn(page, "/keys");
    await page.getByLabel("Site").focus();
    await page.keyboard.type("blog");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("shown this once").waitFor();
    expect(await page.locator(".secret").textContent()).toMatch(/^ajkey_/);
    const made = keys.at(-1)?.id ?? "";
    await page.getByRole("button", { name: `Revoke ${made}` }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("revoked 2026-01-01").waitFor();
    await page.close();
  });

  test("gives downloads that no spreadsheet and no browser runs", async () => {
    const page = await open();
    await signIn(page);
    const csv = await (await page.request.get(`${url}/decisions.csv`)).text();
    expect(csv).not.toMatch(/^[=+@-]|,[=+@-]/m);
    const json = await (await page.request.get(`${url}/decisions.json`)).text();
    expect(json).not.toContain("<");
    expect(JSON.parse(json)).toHaveLength(603);
    await page.close();
  });

  test("refuses forms of other sites and of nobody", async () => {
    const send = (path: string, headers: Record<string, string>) =>
      fetch(url + path, { method: "POST", body: "site=a&form=x", headers, redirect: "manual" });
    expect((await send("/keys", {})).status).toBe(401);
    expect((await send("/sign-in", { origin: "https://evil.example" })).status).toBe(403);
    const page = await open();
    await signIn(page);
    const forged = await page.request.post(`${url}/keys`, { form: { site: "evil", form: "x" } });
    expect(forged.status()).toBe(403);
    await page.close();
  });
});
