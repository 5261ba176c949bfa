import { describe, expect, test } from "vitest";
import { configOf } from "./log-lines.ts";
import { workspace } from "./replay-command.ts";

const check = async (rules: string, ...args: readonly string[]) => {
  const { arcjet } = await workspace({ "arcjet.config.mjs": configOf(rules) });
  return arcjet(["check", ...args]);
};

test("a rule set in which nothing is wrong is well", async () => {
  const { code, out } = await check('shield({ mode: "LIVE" })');
  expect([code, out]).toEqual([0, "All is well."]);
});

describe("what is wrong is an error with its remedy", () => {
  test.each([
    ["a wrong option", 'fixedWindow({ mode: "LIVE", window: "1m", max: 0 })', "`max`"],
    ["an unknown option", 'shield({ mod: "LIVE" })', "`mod`"],
    ["a bot that is not known", 'detectBot({ allow: ["GOOGLEBOT_"] })', "GOOGLEBOT_"],
    ["data that nobody gives", 'filter({ mode: "LIVE", deny: ["ip.src.tor"] })', "ip.src.tor"],
    ["no rule", "{}", "rules[0]"],
  ])("%s", async (_, rules, message) => {
    const { code, out } = await check(rules);
    expect(code).toBe(1);
    expect(out).toMatch(/^error: /);
    expect(out).toContain(message);
  });

  test("an expression is shown with a caret, and the place in the file", async () => {
    const { code, out } = await check('filter({ deny: ["http.hots eq 1"] })');
    expect(code).toBe(1);
    expect(out).toContain("http.hots eq 1\n^^^^^^^^^\n");
    expect(out).toMatch(/at .*arcjet\.config\.mjs:3:\d+$/);
  });

  test("a client option is checked as well", async () => {
    const text = "export default { rules: [], onError: 'maybe' };";
    const { arcjet } = await workspace({ "arcjet.config.mjs": text });
    const { code, out } = await arcjet(["check"]);
    expect([code, out]).toEqual([1, expect.stringContaining("`onError`")]);
  });
});

describe("a configuration that cannot be loaded is one line for the other commands", () => {
  test.each([
    ["a wrong expression", configOf('filter({ deny: ["http.hots eq 1"] })'), "http.hots"],
    ["a mistake of syntax", "export default {", "cannot be loaded"],
    ["no default export", "export const rules = [];", "it exports no rules"],
    ["something else that is thrown", 'throw "a\\nb";', "cannot be loaded: a; "],
  ])("%s", async (_, text, message) => {
    const { arcjet, path } = await workspace({ "arcjet.config.mjs": text, log: "" });
    for (const args of [
      ["replay", path("log")],
      ["explain", "--url", "/"],
    ]) {
      const { code, err } = await arcjet(args);
      expect([code, err]).toEqual([1, expect.stringMatching(/^arcjet: [^\n]*arcjet check[^\n]*$/)]);
      expect(err).toContain(message);
    }
  });
});

const window = (max: number, more = ""): string =>
  `fixedWindow({ mode: "LIVE", window: 60, max: ${max}${more} })`;

describe("rules that never decide are warned of", () => {
  test.each([
    ["a larger limit beside a smaller one", `${window(100)}, ${window(10)}`, 0],
    ["the second of two that are equal", `${window(10)}, ${window(10)}`, 1],
    [
      "bots that are denied already",
      'detectBot({ mode: "LIVE", allow: [] }), detectBot({ mode: "LIVE", deny: ["CURL"] })',
      1,
    ],
    [
      "an expression in another spelling",
      `filter({ mode: "LIVE", deny: ['http.host eq "a"', 'http.host eq "b"'] }), filter({ mode: "LIVE", deny: ['http.host=="a"'] })`,
      1,
    ],
  ])("%s", async (_, rules, rule) => {
    const { code, out } = await check(rules);
    expect(out).toMatch(new RegExp(`^warning: rule ${rule} never decides`));
    expect(code).toBe(0);
    expect((await check(rules, "--strict")).code).toBe(1);
  });

  test.each([
    [
      "limits by different characteristics",
      `${window(10)}, ${window(100, ', characteristics: ["u"]')}`,
    ],
    [
      "limits of different windows",
      `${window(100)}, fixedWindow({ mode: "LIVE", window: 61, max: 200 })`,
    ],
    [
      "bots that nobody else denies",
      'detectBot({ mode: "LIVE", deny: ["CURL"] }), detectBot({ mode: "LIVE", deny: ["WGET"] })',
    ],
    ["a rule beside one in DRY_RUN", `fixedWindow({ window: 60, max: 10 }), ${window(100)}`],
  ])("%s decide", async (_, rules) => {
    expect((await check(rules)).out).not.toContain("never decides");
  });
});

test("rules in DRY_RUN are noted, and a set of nothing else is warned of", async () => {
  const one = await check(`shield({}), ${window(1)}`);
  expect([one.code, one.out]).toEqual([0, expect.stringMatching(/^note: rule 0 is in DRY_RUN/)]);
  expect((await check("shield({})", "--strict")).out).toContain(
    "warning: every rule is in DRY_RUN",
  );
  expect((await check("")).out).toContain("there are no rules");
  expect((await check('detectBot({ mode: "LIVE", deny: [] })')).out).toContain("denies nothing");
});

describe("samples", () => {
  const samples = JSON.stringify([
    { name: "search", url: "/search?q=shoes", expected: "ALLOW" },
    { url: "/?id=1%27%20UNION%20SELECT%20a,b%20FROM%20users--", expected: "SHIELD" },
    { repeat: 11, expected: "RATE_LIMIT" },
  ]);
  const files = { "arcjet.config.mjs": configOf(`shield({ mode: "LIVE" }), ${window(10)}`) };

  test("pass, and are named", async () => {
    const { arcjet, path } = await workspace({ ...files, "samples.json": samples });
    const { code, out } = await arcjet(["check", "--samples", path("samples.json")]);
    expect(code).toBe(0);
    expect(out.split("\n").filter((line) => line.startsWith("passed: "))).toHaveLength(3);
  });

  test("fail with what the rules said, and what was expected", async () => {
    const wrong = JSON.stringify([{ name: "a bot", url: "/x", expected: "BOT" }]);
    const { arcjet, path } = await workspace({ ...files, "samples.json": wrong });
    const { code, out } = await arcjet(["check", "--samples", path("samples.json")]);
    expect(code).toBe(1);
    expect(out).toContain("failed: a bot: expected BOT, got ALLOW");
    const json = await arcjet(["check", "--json", "--samples", path("samples.json")]);
    expect(JSON.parse(json.out)).toMatchObject({
      problems: [],
      samples: [{ name: "a bot", passed: false, conclusion: "ALLOW" }],
    });
  });

  test.each([
    ["no file", "nothing.json", 2, "--samples"],
    ["no samples", "bad.json", 1, "sample 0 is wrong"],
  ])("%s is told in one line", async (_, name, expected, message) => {
    const { arcjet, path } = await workspace({ ...files, "bad.json": "[1]" });
    const { code, err } = await arcjet(["check", "--samples", path(name)]);
    expect([code, err]).toEqual([expected, expect.stringMatching(/^arcjet: [^\n]*$/)]);
    expect(err).toContain(message);
  });
});

test.each([
  ["arcjet.config.ts", "const rules: readonly unknown[] = [];\nexport default { rules };"],
  ["arcjet.config.mts", "export default { rules: [] as const };"],
  ["arcjet.config.js", "export default { rules: [] };"],
  ["arcjet.config.mjs", "export default { rules: [] };"],
])("%s is found and loaded", async (name, text) => {
  const { arcjet } = await workspace({ [name]: text });
  const { code, out } = await arcjet(["check"]);
  expect([code, out]).toEqual([0, expect.stringContaining("there are no rules")]);
});
