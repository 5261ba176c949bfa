// What people do with the dashboard, in a real browser.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, startDashboard, type Stage } from "./browser-harness.ts";

const textOf = async (page: Page): Promise<string> =>
  (await page.getByRole("main").textContent()) ?? "";

describe.skipIf(!hasBrowser())("the dashboard in use", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startDashboard();
  });
  afterEach(() => {
    const [first] = stage.complaints();
    if (first !== undefined) throw new Error(first);
  });
  afterAll(() => stage.end());

  test("lets in whoever knows the token, leads on to the page that was asked for, and out again", async () => {
    const page = await stage.newPage();
    await stage.signIn(page, "/decisions/req_1", "not the admin token");
    expect(await page.getByRole("alert").textContent()).toContain("not the admin token");
    expect(stage.complaints()).toEqual([expect.stringContaining("401")]);
    await page.getByLabel("Admin token").fill("the-admin-token-of-the-test");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${stage.url}/decisions/req_1`);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    expect(await page.evaluate("document.cookie")).toBe("");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${stage.url}/sign-in`);
    await page.goto(`${stage.url}/keys`);
    expect(page.url()).toBe(`${stage.url}/sign-in?next=%2Fkeys`);
    await page.close();
  });

  test("finds a denied request by its id by keyboard alone, with why", async () => {
    const page = await stage.openPage("/");
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await press("Tab");
    expect(await focused()).toBe("Skip to content");
    await press("Tab", "Tab");
    expect(await focused()).toBe("Decisions");
    await press("Enter");
    await page.waitForURL(`${stage.url}/decisions`);
    await press("Tab", "Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await press("Tab", "Tab", "Tab", "Tab");
    expect(await focused()).toBe("Filter");
    await press("Enter", "Tab");
    await page.keyboard.type("req_1");
    await press("Enter");
    await page.waitForURL(/id=req_1&/);
    for (let at = 0; at < 20 && (await focused()) !== "req_1"; at++) await press("Tab");
    await press("Enter");
    await page.waitForURL(`${stage.url}/decisions/req_1`);
    const text = await textOf(page);
    expect(text).toContain("DENYBot. A bot that the rule does not allow: CURL.");
    expect(text).toContain('To let it pass: detectBot({ allow: ["CURL"] })');
    await page.close();
  });

  test("shows where the keyboard is, on every element that it comes to", async () => {
    const page = await stage.openPage("/decisions?rule=BOT");
    const unseen: string[] = [];
    for (let at = 0; at < 40; at++) {
      await page.keyboard.press("Tab");
      const ring = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return "end";
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle === "none" || outlineWidth === "0px" ? element.outerHTML : "seen";
      });
      if (ring === "end") break;
      if (ring !== "seen") unseen.push(ring);
    }
    expect(unseen).toEqual([]);
    await page.close();
  });

  test("leaves what a filter of rule and time wants, tells it, and takes it back", async () => {
    const page = await stage.openPage("/decisions");
    await page.getByRole("heading", { name: "Filter" }).click();
    await page.locator("select[name=rule]").selectOption("BOT");
    await page.getByLabel("From (UTC)").fill("2020-01-01T00:00");
    await page.getByLabel("To (UTC)").fill("2020-01-02T00:00");
    await page.getByRole("button", { name: "Search" }).click();
    expect(await textOf(page)).toContain("No decision matches.");
    await page.getByRole("link", { name: /^To: 2020-01-02/ }).click();
    expect(await page.locator("tbody tr").count()).toBe(50);
    expect(new Set(await page.locator("td.what").allTextContents())).toEqual(new Set(["DENY"]));
    await page.getByRole("link", { name: "Older" }).click();
    expect(await page.locator("tbody tr").count()).toBe(50);
    await page.getByRole("link", { name: /^Rule: Bot/ }).click();
    expect(new Set(await page.locator("td.what").allTextContents()).size).toBeGreaterThan(1);
    await page.close();
  });

  test("tells what would be blocked, and leads to those requests", async () => {
    const page = await stage.openPage("/dry-run");
    const text = await textOf(page);
    expect(text).toContain('Filter deny ip.src.country eq "KP"');
    const shown = await page.getByRole("row", { name: /^Filter deny/ }).textContent();
    // Of 600 requests 85 match, of which 21 are denied today; the two hostile ones are denied as well.
    expect(shown).toMatch(/8[5-7]64/);
    await page.getByRole("link", { name: "Would be denied as well" }).click();
    await page.waitForURL(/dry=\*/);
    expect(await page.locator("tbody tr").count()).toBe(50);
    const rules = new Set(await page.locator("td.rule").allTextContents());
    expect(rules).toEqual(new Set(["would deny: Filter"]));
    await page.close();
  });

  test("draws charts, tells their figures to whoever cannot see them, and what the cursor is at", async () => {
    const page = await stage.openPage("/?range=24h");
    expect(await page.locator(".plot canvas").count()).toBe(3);
    const legends = await page.locator(".legend").allTextContents();
    expect(legends[0]).toMatch(/^Requests 60\dDenied 15\dWould be denied 64$/);
    await page.locator(".plot").first().hover();
    expect(await page.locator(".readout").first().textContent()).toMatch(/UTC  ·  Requests \d+/);
    await page.getByText("Figures of requests").click();
    const cells = await page
      .locator(".chart")
      .first()
      .locator("td:nth-of-type(1)")
      .allTextContents();
    const total = cells.reduce((sum, cell) => sum + Number(cell.replace(",", "")), 0);
    expect(total).toBeGreaterThanOrEqual(602);
    expect(cells.filter((cell) => cell !== "0").length).toBeGreaterThan(60);
    await page.close();
  });

  test("makes a key and revokes it by keyboard alone", async () => {
    const page = await stage.openPage("/keys");
    page.on("dialog", (dialog) => void dialog.accept());
    await page.getByLabel("Site").focus();
    await page.keyboard.type("blog");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("shown this once").waitFor();
    expect(await page.locator(".secret").textContent()).toMatch(/^ajkey_/);
    const made = stage.keys().at(-1)?.id ?? "";
    await page.getByRole("button", { name: `Revoke ${made}` }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("revoked 2026-01-01").waitFor();
    await page.goto(`${stage.url}/keys`);
    expect(await page.locator(".secret").count()).toBe(0);
    await page.close();
  });

  test("works without its script, apart from charts and the live feed", async () => {
    const page = await stage.openPage("/?range=7d", { javaScriptEnabled: false });
    await page.getByLabel("Site").selectOption("shop");
    await page.getByRole("button", { name: "Show" }).click();
    expect(page.url()).toContain("site=shop&range=7d");
    await page.getByRole("link", { name: "Denied", exact: true }).click();
    expect(await page.locator("tbody tr").count()).toBe(50);
    expect(await page.getByRole("button", { name: "Live" }).count()).toBe(0);
    await page.close();
  });
});
