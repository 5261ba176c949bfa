// How the dashboard looks, and what it makes of hostile texts, in a real browser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MAX_NAME } from "../src/log/limits.ts";
import { clean } from "../src/log/text.ts";
import { hasBrowser, startDashboard, type Stage } from "./browser-harness.ts";
import { decided, HOSTILE } from "./log-harness.ts";

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
const KEPT = clean(HOSTILE, MAX_NAME);
const PATHS = [
  "/",
  "/?range=1h&site=none",
  "/?range=30d",
  "/decisions",
  "/decisions?ip=9.9.9.9&dry=*",
  `/decisions?path=${encodeURIComponent(KEPT)}`,
  "/decisions/req_1",
  "/decisions/req_hostile",
  "/decisions/req_reasons",
  `/decisions/${encodeURIComponent(KEPT)}`,
  "/top",
  "/top?by=dry",
  "/dry-run",
  "/keys",
  "/log",
  "/sign-in",
];
const MARKUP = "main :is(img, script, iframe, object, [onerror], [style])";

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  const file = name.replaceAll(/[^a-z0-9]+/gi, "-").replaceAll(/^-|-$/g, "");
  await page.screenshot({ path: `${SHOTS}/${file}.png`, fullPage: true });
}

describe.skipIf(!hasBrowser())("the dashboard in Chromium", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startDashboard();
  });
  afterEach(() => {
    const [first] = stage.complaints();
    if (first !== undefined) throw new Error(first);
  });
  afterAll(() => stage.end());

  test.each(PATHS)(
    "shows %s in light and dark, wide and narrow, without a finding",
    async (path) => {
      const page = await stage.openPage(path);
      expect(await page.title()).toMatch(/^[\w ]+ · Arcjet$/);
      expect(
        await page.locator(MARKUP).and(page.locator(":not(.u-wrap, .u-wrap *, .uplot)")).count(),
      ).toBe(0);
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

  test("shows all of a hostile decision as text, every sign of it visible", async () => {
    const page = await stage.openPage("/decisions/req_reasons");
    const text = (await page.getByRole("main").textContent()) ?? "";
    expect(text.split("</script><img src=x onerror=").length).toBeGreaterThan(15);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    await page.close();
  });

  test("puts hostile decisions on top of a live feed as texts, each once", async () => {
    const page = await stage.openPage("/decisions?rule=BOT");
    await page.getByRole("button", { name: "Live" }).click();
    for (const id of ["req_live_1", "req_live_2"]) {
      stage.log(decided({ id, text: HOSTILE, denied: true }));
      stage.log(decided({ id: "req_other" }));
      await page.getByRole("link", { name: id }).waitFor();
    }
    expect(await page.locator("tbody tr").first().textContent()).toContain("req_live_2");
    expect(await page.getByRole("link", { name: "req_live_1" }).count()).toBe(1);
    expect(await page.getByRole("link", { name: "req_other" }).count()).toBe(0);
    expect(await page.title()).toBe("Decisions · Arcjet");
    expect(await page.locator(MARKUP).count()).toBe(0);
    const [made, live] = await page.evaluate(() =>
      [49, 0].map((at) => {
        const row = document.querySelectorAll("tbody tr")[at];
        return [...(row?.children ?? [])].map(
          (cell) => `${cell.className} ${cell.getAttribute("role")}`,
        );
      }),
    );
    expect(live).toEqual(made);
    await page.close();
  });

  test("gives downloads that no spreadsheet and no browser runs", async () => {
    const page = await stage.openPage("/decisions");
    const download = async (name: string): Promise<string> => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name }).click(),
      ]);
      expect(file.suggestedFilename()).toBe(`decisions.${name.toLowerCase()}`);
      return readFileSync(await file.path(), "utf8");
    };
    const csv = await download("CSV");
    expect(csv).toContain("req_hostile");
    expect(csv).not.toMatch(/(^|[,;])"?[=+@-]/m);
    const json = await download("JSON");
    expect(json).toContain("req_hostile");
    expect(json).not.toContain("<");
    await page.close();
  });
});
