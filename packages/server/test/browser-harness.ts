// A dashboard behind a real server, and a browser in front of it that notes whatever it complains of.
import { existsSync } from "node:fs";
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Cookie,
  type Page,
} from "playwright-core";
import { createKey, createServer, type SiteKey } from "../src/index.ts";
import { dashboard } from "../src/dashboard/index.ts";
import { sqliteLog, type DecisionLog } from "../src/log/index.ts";
import { quiet } from "./harness.ts";
import { decided, directory, everyReason, HOSTILE } from "./log-harness.ts";

const CHROMIUM = "/usr/bin/chromium";
const TOKEN = "the-admin-token-of-the-test";
const MINUTE_MS = 60_000;

export const hasBrowser = (): boolean => existsSync(CHROMIUM);

/** Requests of the last day: of each 28, seven denied, three that would be, none both. */
function fill(log: DecisionLog): void {
  for (let at = 1; at <= 600; at++)
    log(
      decided({
        id: `req_${at}`,
        time: Date.now() - ((at * 97) % 1_400) * MINUTE_MS,
        denied: at % 4 === 1,
        dry: at % 7 === 0,
        ip: `8.8.${at % 9}.${at % 30}`,
        path: ["/", "/login", "/api/items", "/search"][at % 4] ?? "/",
      }),
    );
  const hostile = { denied: true, dry: true, text: HOSTILE, time: Date.now() - 60 * MINUTE_MS };
  log(decided({ id: "req_hostile", ...hostile }));
  log(everyReason("req_reasons", HOSTILE));
  log(decided({ id: HOSTILE, text: HOSTILE }));
}

export interface Stage {
  readonly url: string;
  readonly log: DecisionLog;
  readonly keys: () => readonly SiteKey[];
  /** What browsers complained of since this was last asked. */
  readonly complaints: () => readonly string[];
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>;
  readonly signIn: (page: Page, path?: string, token?: string) => Promise<void>;
  /** A page of a browser that is signed in. */
  readonly openPage: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  readonly end: () => Promise<void>;
}

function watch(page: Page, url: string, noted: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") noted.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (cause) => noted.push(cause.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) noted.push(`outside: ${request.url()}`);
  });
}

function keysOf(site: string) {
  let keys: readonly SiteKey[] = [createKey(site).stored];
  return {
    list: () => keys,
    create: async (name: string): Promise<string> => {
      const { key, stored } = createKey(name);
      keys = [...keys, stored];
      return key;
    },
    revoke: async (id: string): Promise<void> => {
      const revoked = "2026-01-01T00:00:00Z";
      keys = keys.map((key) => (key.id === id ? { ...key, revoked } : key));
    },
  };
}

export async function startDashboard(): Promise<Stage> {
  const place = directory();
  const log = sqliteLog(place.path("decisions.db"), { log: quiet });
  fill(log);
  await log.flush();
  const keys = keysOf("shop");
  const pages = dashboard({ log, token: TOKEN, keys });
  const server = createServer({ keys: [], log: quiet, sinks: [log], pages });
  const { url } = await server.listen({ port: 0 });
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox"],
  });
  const noted: string[] = [];
  let cookies: readonly Cookie[] = [];

  const newPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await browser.newPage(options);
    watch(page, url, noted);
    return page;
  };
  const signIn = async (page: Page, path = "/", token = TOKEN): Promise<void> => {
    await page.goto(url + path);
    await page.getByLabel("Admin token").fill(token);
    await page.keyboard.press("Enter");
    if (token === TOKEN) await page.getByRole("button", { name: "Sign out" }).waitFor();
  };
  const openPage = async (path: string, options?: BrowserContextOptions): Promise<Page> => {
    const page = await newPage(options);
    if (cookies.length === 0) {
      await signIn(page, path);
      cookies = await page.context().cookies();
    } else {
      await page.context().addCookies([...cookies]);
      await page.goto(url + path);
    }
    return page;
  };
  return {
    url,
    log,
    keys: keys.list,
    complaints: () => noted.splice(0),
    newPage,
    signIn,
    openPage,
    end: async () => {
      await browser.close();
      await server.close(0);
      await log.close();
      place.remove();
    },
  };
}
