import { readFileSync } from "node:fs";
import crawlers from "crawler-user-agents";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectBots, MAX_REMEMBERED, MAX_USER_AGENT } from "./detect.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

interface Entry {
  readonly listed?: readonly string[];
  readonly own?: readonly string[];
}
const identifiers = JSON.parse(
  readFileSync(new URL("../data/identifiers.json", import.meta.url), "utf8"),
) as Readonly<Record<string, Entry>>;
const declined = JSON.parse(
  readFileSync(new URL("../data/declined.json", import.meta.url), "utf8"),
) as Readonly<Record<string, string>>;

describe("known bots", () => {
  test.each([
    ["curl/8.5.0", ["CURL"]],
    ["Wget/1.21.4", ["WGET"]],
    ["python-requests/2.32.3", ["PYTHON_REQUESTS"]],
    [
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
      ["GOOGLE_CRAWLER"],
    ],
    ["Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", ["BING_CRAWLER"]],
    [
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
      ["OPENAI_CRAWLER"],
    ],
    [CHROME.replace("Chrome/", "HeadlessChrome/"), ["HEADLESS_CHROME"]],
    ["Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", ["AHREFS_CRAWLER"]],
    ["Viber/13.3.0.5", ["VIBER_CRAWLER"]],
  ])("%s", (userAgent, expected) => {
    expect(detectBots(userAgent).ids).toEqual(expected);
  });

  test("are all named when there are several", () => {
    expect(detectBots("curl/8.5.0 (compatible; Googlebot/2.1) bingbot").ids).toEqual([
      "BING_CRAWLER",
      "CURL",
      "GOOGLE_CRAWLER",
    ]);
  });

  test("are the same as those a loop over all patterns names", () => {
    const loop = Object.entries(identifiers).map(([id, { listed = [], own = [] }]) => ({
      id,
      expressions: [...listed, ...own].map((source) => new RegExp(source)),
    }));
    let alike = 0;
    const missing: string[] = [];
    for (const userAgent of crawlers.flatMap((crawler) => crawler.instances)) {
      const expected = loop
        .filter(({ expressions }) => expressions.some((each) => each.test(userAgent)))
        .map(({ id }) => id);
      // Patterns whose case is not known match in any, so there may be more; never fewer.
      const ids: readonly string[] = detectBots(userAgent).ids;
      if (!expected.every((id) => ids.includes(id))) missing.push(userAgent);
      if (ids.length === expected.length && expected.length > 0) alike++;
    }
    expect(missing).toEqual([]);
    expect(alike).toBeGreaterThan(1_300);
  });

  test("of the public list are bots, each of them", () => {
    const missed = crawlers
      .filter(({ pattern }) => !(pattern in declined))
      .flatMap(({ instances }) => instances.filter((each) => detectBots(each).ids.length === 0));
    expect(missed).toEqual([]);
  });
});

describe("bots that nobody has named", () => {
  test.each([
    "AcmeCrawler/1.0",
    "Mozilla/5.0 (compatible; SomethingNew/0.3; +https://example.com/about)",
    "Mozilla/5.0 (compatible; SomethingNew)",
    "my-little-robot",
    "PriceFetcher (ops@example.com)",
    "acme-http-client/2.3",
    "inventory-sync/1.4.2",
    "Inventory Sync",
    "Mozilla/5.0",
    "Mozilla/5.0 Tester",
    "Mozilla/5.0 (Tester)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
    `${CHROME} AcmeScanner/1.0`,
    `${CHROME} scan.example.com`,
    `${CHROME} Acme-Verification/2`,
    CHROME.toLowerCase(),
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; acme) Chrome/120.0.0.0 Safari/537.36",
    `${CHROME} (+https://example.com)`,
  ])("%s", (userAgent) => {
    expect(detectBots(userAgent).ids).toEqual(["UNKNOWN_BOT"]);
  });
});

describe("people", () => {
  const IPHONE =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";
  const WEBVIEW =
    "Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36";
  test.each([
    CHROME,
    `${CHROME} Edg/131.0.0.0`,
    `${CHROME} OPR/115.0.0.0`,
    `${CHROME} Vivaldi/7.0`,
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
    "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)",
    "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; Embedded Web Browser from: http://bsalsa.com/)",
    `${IPHONE} [FBAN/FBIOS;FBAV/465.0.0.36.110;FBBV/600000000;FBDV/iPhone14,5;FBMD/iPhone]`,
    `${IPHONE} Instagram 334.0.4.32.98 (iPhone14,5; iOS 17_5; de_DE; de; scale=3.00; 1170x2532; 600000000)`,
    `${IPHONE} musical_ly_34.9.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/de`,
    `${IPHONE} MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN`,
    `${IPHONE} Safari Line/14.8.0`,
    `${IPHONE} KAKAOTALK 10.8.5`,
    `${IPHONE} Twitter for iPhone/10.45`,
    `${IPHONE} Snapchat/12.90.0.44 (like Safari/8617.2.4, panda)`,
    `${IPHONE} GSA/320.0.643 Safari/604.1`,
    `${IPHONE} [Pinterest/iOS]`,
    `${IPHONE} [LinkedInApp]/9.29.7783`,
    `${WEBVIEW} [FB_IAB/FB4A;FBAV/467.0.0.54.109;]`,
    `${WEBVIEW} Viber/22.5.0.1`,
    `${IPHONE} Notion/2.1`,
    `${WEBVIEW} QRScanner/3.2`,
    `${WEBVIEW} com.example.reader/7`,
    CHROME.replace("Safari/", "Electron/39.8.1 Asana/2.3 Safari/"),
    WEBVIEW.replace("UP1A.231005.007", "AP3A.240617.008"),
    CHROME.replace("Chrome/131", "Chrome/131.1008/131"),
    `${WEBVIEW} trill_350005 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly`,
    WEBVIEW.replace("SM-S918B", "CUBOT KINGKONG"),
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/104.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.38.125 Chrome/124.0.6367.243 Electron/30.1.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 9; AFTMM Build/PS7285) AppleWebKit/537.36 (KHTML, like Gecko) Silk/112.5.1 like Chrome/112.0.5615.213 Safari/537.36",
    "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36",
    "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.88 Safari/537.36 WebAppManager",
    "Mozilla/5.0 (PlayStation 5 3.20) AppleWebKit/605.1.15 (KHTML, like Gecko)",
    "Mozilla/5.0 (PLAYSTATION 3; 1.00)",
    "Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.21.3 NintendoBrowser/5.1.0.22474",
    "Nokia6300/2.0 (07.21) Profile/MIDP-2.0 Configuration/CLDC-1.1",
    "BlackBerry9000/4.6.0.167 Profile/MIDP-2.0 Configuration/CLDC-1.1 VendorID/102",
    "SAMSUNG-SGH-E250/1.0 Profile/MIDP-2.0 Configuration/CLDC-1.1 UP.Browser/6.2.3.3.c.1.101 (GUI) MMP/2.0",
    "DoCoMo/2.0 P903i(c100;TB;W24H12)",
    "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS; Opera Mobi/23.348; U; en) Presto/2.5.25 Version/10.54",
    "Lynx/2.8.9rel.1 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/1.1.1d",
    "Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7 Build/TQ3A.230805.001)",
    "WeatherNow/5.2 (iPhone; iOS 17.5; Scale/3.00)",
    "Notes/3.1 CFNetwork/1494.0.7 Darwin/23.4.0",
    "AppleCoreMedia/1.0.0.21F79 (iPhone; U; CPU OS 17_5 like Mac OS X; en_us)",
  ])("%s", (userAgent) => {
    expect(detectBots(userAgent).ids).toEqual([]);
  });
});

describe("detectBots", () => {
  test.each(["", "   ", "\t"])("names nothing for an empty user agent", (userAgent) => {
    expect(detectBots(userAgent).ids).toEqual([]);
  });

  test("never throws and gives the same answer again", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 3_000 }),
      fc.string({ unit: fc.constantFrom("bot", "http", "(", ")", ";", "Mozilla/5.0 ", "@", ".") }),
    );
    fc.assert(
      fc.property(hostile, (userAgent) => {
        const { ids } = detectBots(userAgent);
        expect(detectBots(userAgent).ids).toEqual(ids);
      }),
    );
  });

  test("looks at the first 2,048 characters", () => {
    const padded = (length: number) =>
      `${CHROME}${" ".repeat(length - CHROME.length - 9)}Googlebot/`;
    expect(detectBots(padded(MAX_USER_AGENT - 1)).ids).toEqual(["GOOGLE_CRAWLER"]);
    expect(detectBots(padded(MAX_USER_AGENT)).ids).not.toContain("GOOGLE_CRAWLER");
  });

  test("answers alike for user agents that it remembers and that are too long for that", () => {
    for (const length of [MAX_REMEMBERED, MAX_REMEMBERED + 1]) {
      const userAgent = `curl/8.5.0${"x".repeat(length - 10)}`;
      const first = detectBots(userAgent);
      expect(first.ids).toEqual(["CURL"]);
      expect(detectBots(userAgent) === first).toBe(length === MAX_REMEMBERED);
    }
  });

  test("gives answers that cannot be changed", () => {
    expect(Object.isFrozen(detectBots("curl/8.5.0").ids)).toBe(true);
  });
});
