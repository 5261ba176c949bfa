import { describe, expect, test } from "vitest";
import { requestSignals } from "./signals.ts";

const WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
const MAC = WINDOWS.replace("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7");
const LINUX = WINDOWS.replace("Windows NT 10.0; Win64; x64", "X11; Linux x86_64");
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const SAFARI =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";
const BRANDS = '"Chromium";v="131", "Google Chrome";v="131", "Not?A_Brand";v="24"';
const accept = { accept: "*/*" };

function signalsOf(userAgent: string, headers: Record<string, string>, complete = true) {
  return requestSignals({ userAgent, header: (name) => headers[name], complete });
}

describe("requestSignals", () => {
  test.each<[string, string, Record<string, string>]>([
    ["Chrome without client hints, as over http", WINDOWS, accept],
    [
      "Chrome with its own client hints",
      WINDOWS,
      { ...accept, "sec-ch-ua": BRANDS, "sec-ch-ua-platform": '"Windows"' },
    ],
    ["Chrome on a Mac", MAC, { ...accept, "sec-ch-ua": BRANDS, "sec-ch-ua-platform": '"macOS"' }],
    [
      "a phone that asks for the desktop site",
      LINUX,
      { ...accept, "sec-ch-ua": BRANDS, "sec-ch-ua-platform": '"Android"' },
    ],
    [
      "Edge",
      `${WINDOWS} Edg/131.0.0.0`,
      {
        ...accept,
        "sec-ch-ua": BRANDS.replace("Google Chrome", "Microsoft Edge"),
        "sec-ch-ua-platform": '"Windows"',
      },
    ],
    ["Firefox", FIREFOX, accept],
    ["a program that is named anyway", "curl/8.5.0", {}],
    [
      "client hints of absurd length",
      WINDOWS,
      { ...accept, "sec-ch-ua": `"HeadlessChrome";v="1"${" ".repeat(1_024)}` },
    ],
  ])("finds nothing against %s", (_, userAgent, headers) => {
    expect(signalsOf(userAgent, headers)).toEqual([]);
  });

  test.each<[string, string, Record<string, string>]>([
    ["missing-accept", WINDOWS, {}],
    ["missing-accept", FIREFOX, {}],
    [
      "headless-client-hints",
      WINDOWS,
      { ...accept, "sec-ch-ua": BRANDS.replace("Google Chrome", "HeadlessChrome") },
    ],
    [
      "client-hints-platform",
      WINDOWS,
      { ...accept, "sec-ch-ua": BRANDS, "sec-ch-ua-platform": '"Linux"' },
    ],
    [
      "client-hints-platform",
      MAC,
      { ...accept, "sec-ch-ua": BRANDS, "sec-ch-ua-platform": '"Linux"' },
    ],
    ["client-hints-version", WINDOWS.replace("131", "120"), { ...accept, "sec-ch-ua": BRANDS }],
    ["client-hints-without-chromium", FIREFOX, { ...accept, "sec-ch-ua": BRANDS }],
    ["client-hints-without-chromium", SAFARI, { ...accept, "sec-ch-ua": BRANDS }],
    [
      "signature-agent",
      WINDOWS,
      { ...accept, "signature-agent": '"https://bot.example"', "signature-input": "sig1=()" },
    ],
  ])("names %s", (name, userAgent, headers) => {
    expect(signalsOf(userAgent, headers)).toEqual([name]);
  });

  test("draws nothing from absent headers where the source does not carry them all", () => {
    expect(signalsOf(WINDOWS, {}, false)).toEqual([]);
  });
});
