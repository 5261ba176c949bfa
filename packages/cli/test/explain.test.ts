import { describe, expect, test } from "vitest";
import { BROWSER, configOf } from "./log-lines.ts";
import { workspace } from "./replay-command.ts";

const RULES = `
  filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin" and not exists(http.request.headers["x-token"])'] }),
  shield({ mode: "LIVE" }),
  detectBot({ mode: "LIVE", allow: [] }),
  fixedWindow({ mode: "LIVE", window: 60, max: 10 }),
`;

const explain = async (...args: readonly string[]) => {
  const { arcjet } = await workspace({ "arcjet.config.mjs": configOf(RULES) });
  return arcjet(["explain", ...args]);
};

test("every rule explains itself, whatever the others say", async () => {
  const { code, out } = await explain(
    "--url",
    "https://example.com//%61dmin?id=1%27%20UNION%20SELECT%20a,b%20FROM%20users--",
    "--header",
    "User-Agent: curl/8.5.0",
    "--ip",
    "8.8.8.8",
  );
  expect(code).toBe(0);
  expect(out).toMatch(/^DENY by FILTER\n/);
  expect(out).toContain("client: 8.8.8.8 (direct, vouched for)");
  expect(out).toContain("path: //%61dmin, canonical /admin");
  expect(out).toContain('http.request.uri.path.canonical is "/admin"');
  expect(out).toMatch(/true +not exists\(http\.request\.headers\["x-token"\]\)/);
  expect(out).toMatch(/sql-injection in query\.id/);
  expect(out).toContain("to let it pass: shield({ exclude: [");
  expect(out).toContain("denied CURL (CATEGORY:TOOL)");
  expect(out).toContain("9 of 10 would be left");
});

test("a curl command is a request", async () => {
  const command = `curl 'https://example.com/x' -H 'x-token: 1' -A '${BROWSER}'`;
  const { out } = await explain("--curl", command, "--json");
  expect(JSON.parse(out)).toMatchObject({
    conclusion: "ALLOW",
    rules: [
      { index: 0, type: "FILTER", conclusion: "ALLOW", expressions: [{ value: false }] },
      { type: "SHIELD", conclusion: "ALLOW" },
      { type: "BOT", conclusion: "ALLOW" },
      { type: "RATE_LIMIT", conclusion: "ALLOW" },
    ],
  });
});

test("a header is what is written beside the command, and repeated ones are joined as Node joins them", async () => {
  const rules = `filter({ mode: "LIVE", deny: ['http.request.headers["x-a"] eq "1, 2" and http.request.cookie["b"] eq "2" and http.host eq "h" and http.request.headers["user-agent"] eq "me"'] })`;
  const { arcjet } = await workspace({ "arcjet.config.mjs": configOf(rules) });
  const command = "curl example.com/ -H 'cookie: a=1' -H 'cookie: b=2' -H 'X-A: 0' -A bot";
  const headers = ["x-a: 1", "X-A: 2", "Host: h", "User-Agent: me", "User-Agent: you"];
  const given = headers.flatMap((line) => ["--header", line]);
  const { out } = await arcjet(["explain", "--curl", command, ...given, "--json"]);
  expect(JSON.parse(out).conclusion).toBe("DENY");
});

test("properties are given by name", async () => {
  const rules = `validateEmail({ mode: "LIVE", deny: ["INVALID"] }), filter({ mode: "LIVE", deny: ['local["plan"] eq "free"'] })`;
  const { arcjet } = await workspace({ "arcjet.config.mjs": configOf(rules) });
  const { out } = await arcjet([
    "explain",
    "--url",
    "/",
    "--prop",
    "email=no",
    "--prop",
    "filterLocal.plan=free",
    "--json",
  ]);
  expect(JSON.parse(out).rules).toMatchObject([
    { type: "EMAIL", conclusion: "DENY" },
    {
      type: "FILTER",
      conclusion: "DENY",
      expressions: [{ operands: { 'local["plan"]': "free" } }],
    },
  ]);
});

test("the router's way with case is that of the command line", async () => {
  const user = ["--header", `user-agent: ${BROWSER}`, "--header", "accept: */*"];
  expect((await explain("--url", "/ADMIN", ...user)).out).toMatch(/^ALLOW/);
  expect((await explain("--url", "/ADMIN", ...user, "--ignore-case")).out).toMatch(/^DENY/);
});

test.each([
  ["deny", "/admin/../x", "DENY", [false, true]],
  ["deny", "/x/../admin", "DENY", [true]],
  ["deny", "/x/../y", "ALLOW", [false]],
  ["allow", "/x/../admin", "DENY", [true, false]],
])(
  "a path with dot segments is shown the way that denies: %s %s",
  async (list, url, verdict, values) => {
    const rules = `filter({ mode: "LIVE", ${list}: ['starts_with(http.request.uri.path.canonical, "/admin")'] })`;
    const { arcjet } = await workspace({ "arcjet.config.mjs": configOf(rules) });
    const { rules: said } = JSON.parse((await arcjet(["explain", "--url", url, "--json"])).out);
    expect(said[0].conclusion).toBe(verdict);
    const expressions: readonly { readonly value: boolean; readonly note?: string }[] =
      said[0].expressions;
    expect(expressions.map(({ value }) => value)).toEqual(values);
    const noted = expressions.filter(({ note }) => note?.includes("dot segments"));
    expect(noted).toEqual(expressions.slice(1));
  },
);

test("control characters of a request are shown, not obeyed", async () => {
  const { out } = await explain("--url", "/\u001b[2J", "--header", "x-a: \u009b31m");
  expect(out).toContain("\\u001b");
  // oxlint-disable-next-line no-control-regex
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

describe("a wrong command line is told in one line", () => {
  test.each([
    ["no request", [], "--url"],
    ["a header that is none", ["--url", "/", "--header", "x"], "NAME: VALUE"],
    ["a property that is none", ["--url", "/", "--prop", "x"], "NAME=TEXT"],
    ["another command than curl", ["--curl", "wget x"], "curl"],
  ])("%s", async (_, args, message) => {
    const { code, err } = await explain(...args);
    expect(code).toBe(2);
    expect(err).toMatch(/^arcjet: [^\n]*$/);
    expect(err).toContain(message);
  });
});
