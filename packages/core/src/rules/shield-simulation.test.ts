// An hour of ordinary traffic behind one address, and a scanner, through the whole client with its
// memory store: who is blocked, when, and for how long.
import { memoryStore } from "@arcjet/rate-limit";
import { describe, expect, test } from "vitest";
import arcjet from "../arcjet.ts";
import { fakeClock, fakeRequest } from "../testing.ts";
import { shield } from "./shield.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const OFFICE = "93.184.216.34";
const SCANNER = "93.184.216.35";
const VISITORS = 1_000;
const HOUR = 3_600_000;
const PROBES = [
  "/.env",
  "/.git/config",
  "/wp-login.php",
  "/phpmyadmin/",
  "/backup.sql",
  "/actuator/env",
  "/server-status",
  "/vendor/phpunit/phpunit/phpunit.xml",
];

/** A protected site, and the conclusion each request gets. */
function siteWith(options: { threshold?: number } = {}) {
  const clock = fakeClock();
  const client = arcjet({
    rules: [shield({ mode: "LIVE", ...options })],
    store: memoryStore({ clock }),
    clock,
    log: quiet,
  });
  const visit = async (url: string, ip: string, headers: Record<string, string> = {}) =>
    client.protect(fakeRequest({ url, ip, headers }));
  return { clock, visit };
}

/** What third parties leave in a visitor's browser: quotes, operators and code that means nothing. */
const cookiesOf = (visitor: number) =>
  [
    `_ga=GA1.1.${visitor}.17001`,
    `_ga_X=GS2.1.s${visitor}$o1$g1$t${visitor}$j60$l0$h0`,
    `groups=${encodeURIComponent(JSON.stringify({ $groups: { a: `it's ${visitor}` }, $or: [1] }))}`,
    `consent={stamp:%27${visitor}==%27%2Cnecessary:true}`,
    `token=${visitor.toString(36)}--${visitor * 7919}`,
    `last=${encodeURIComponent(`alert(${visitor})`)}`,
  ].join("; ");

const PAGES = [
  (visitor: number) => `/page/${visitor}`,
  (visitor: number) => `/search?q=${encodeURIComponent(`O'Hara & ${visitor} -- blue or red`)}`,
  (visitor: number) => `/list?sort=name;price&filter=${encodeURIComponent(`{"a":${visitor}}`)}`,
  (visitor: number) => `/assets/app.js?v=${visitor}`,
];

/** An hour of a thousand visitors, two requests each; what was not allowed. */
async function anHour(
  { clock, visit }: ReturnType<typeof siteWith>,
  between: (request: number) => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const denied: string[] = [];
  const total = VISITORS * 2;
  for (let request = 0; request < total; request++) {
    clock.advance(HOUR / total);
    const visitor = request % VISITORS;
    const url = PAGES[(request + Math.floor(request / VISITORS)) % PAGES.length]!(visitor);
    const decision = await visit(url, OFFICE, { cookie: cookiesOf(visitor) });
    if (decision.isDenied()) denied.push(url);
    await between(request);
  }
  return denied;
}

describe("a thousand visitors behind one address, for an hour,", () => {
  test("are not blocked by what their browsers repeat", async () => {
    expect(await anHour(siteWith())).toEqual([]);
  });

  test("are not blocked by four probes that a foreign page embeds in one browser", async () => {
    const site = siteWith();
    const denied = await anHour(site, async (request) => {
      if (request % 100 === 0) await site.visit(PROBES[(request / 100) % 4]!, OFFICE);
    });
    expect(denied).toEqual([]);
  });

  test("are blocked once five distinct probes stand against the address, and for ten minutes", async () => {
    const site = siteWith();
    for (const url of PROBES.slice(0, 4))
      expect((await site.visit(url, OFFICE)).conclusion).toBe("ALLOW");
    expect((await site.visit("/", OFFICE)).conclusion).toBe("ALLOW");
    expect((await site.visit(PROBES[4]!, OFFICE)).conclusion).toBe("DENY");
    site.clock.advance(599_000);
    expect((await site.visit("/", OFFICE)).conclusion).toBe("DENY");
    site.clock.advance(1_000);
    expect((await site.visit("/", OFFICE)).conclusion).toBe("ALLOW");
  });

  test("are not blocked by five probes that are further apart than the window", async () => {
    const site = siteWith();
    for (const url of PROBES) {
      expect((await site.visit(url, OFFICE)).conclusion).toBe("ALLOW");
      site.clock.advance(150_001);
    }
  });
});

describe("a scanner that walks a list of probes", () => {
  test("is blocked at its fifth, and nobody else is", async () => {
    const { visit } = siteWith();
    const conclusions: string[] = [];
    for (const url of PROBES) conclusions.push((await visit(url, SCANNER)).conclusion);
    expect(conclusions).toEqual([
      ...Array.from({ length: 4 }, () => "ALLOW"),
      ...Array.from({ length: PROBES.length - 4 }, () => "DENY"),
    ]);
    expect((await visit("/", OFFICE)).conclusion).toBe("ALLOW");
  });

  test("is blocked at the threshold the application gives", async () => {
    const { visit } = siteWith({ threshold: 2 });
    expect((await visit(PROBES[0]!, SCANNER)).conclusion).toBe("ALLOW");
    const decision = await visit(PROBES[1]!, SCANNER);
    expect(decision.conclusion).toBe("DENY");
    expect(decision.reason).toMatchObject({
      type: "SHIELD",
      shieldTriggered: true,
      suspicious: true,
      score: 3,
      findings: [{ detector: "probe", location: "path", score: 3 }],
      exclusion: { path: PROBES[1], location: "path", detector: "probe" },
      retryAfter: 600,
    });
  });
});
