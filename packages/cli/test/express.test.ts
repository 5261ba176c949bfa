// The same traffic through a live Express app and through a replay of the log it left: one file of rules,
// the same verdict for every request.
import arcjet, { defineConfig, detectBot, filter, fixedWindow, shield } from "@arcjet/express";
import { expect, test } from "vitest";
import exampleConfig from "../../../examples/express/arcjet.config.ts";
import { createApp } from "../../../examples/express/app.ts";
import { createJudge } from "../src/replay/judge.ts";
import { entriesOf, visit } from "./live-traffic.ts";
import { finish } from "./harness.ts";

const config = defineConfig({
  rules: [
    shield({ mode: "LIVE" }),
    detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"], missingUserAgent: "deny" }),
    fixedWindow({ mode: "LIVE", window: "1h", max: 20 }),
    filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
    fixedWindow({ mode: "DRY_RUN", window: "1h", max: 3 }),
  ],
  proxies: ["127.0.0.1"],
});

test("a replay gives every request the verdict that the app gave it", async () => {
  const verdicts: string[] = [];
  const aj = arcjet(config);
  const { log } = await visit((app) =>
    app.use(async (req, res) => {
      const decision = await aj.protect(req);
      const results = decision.results.map(({ conclusion }) => conclusion).join(" ");
      verdicts.push(`${decision.conclusion} ${decision.reason.type}: ${results}`);
      res.status(decision.isDenied() ? 403 : 200).send("ok");
    }),
  );
  const judge = createJudge(config, { ignoreCase: true });
  const replayed: string[] = [];
  for (const entry of await entriesOf(log)) {
    const { conclusion, reason, results } = await judge.decide(entry);
    const each = results.map(({ conclusion }) => conclusion).join(" ");
    replayed.push(`${conclusion} ${reason.type}: ${each}`);
  }
  expect(replayed).toEqual(verdicts);
  expect(judge.rules().every(({ missing }) => missing === undefined)).toBe(true);
  // The traffic has something for every rule.
  for (const type of ["SHIELD", "BOT", "RATE_LIMIT", "FILTER"])
    expect(verdicts.some((verdict) => verdict.startsWith(`DENY ${type}`))).toBe(true);
  expect(verdicts.filter((verdict) => verdict.startsWith("ALLOW")).length).toBeGreaterThan(30);
});

test("a replay with the rules of the Express example denies what the example denied", async () => {
  const { log, statuses } = await visit((app) => app.use(createApp()));
  const judge = createJudge(exampleConfig, { ignoreCase: true });
  const denied: boolean[] = [];
  for (const entry of await entriesOf(log)) denied.push((await judge.decide(entry)).isDenied());
  expect(denied).toEqual(statuses.map((status) => status === 403));
  expect(new Set(statuses)).toEqual(new Set([200, 403, 404]));
});

test("the rules of the Express example keep what its samples say", async () => {
  const file = (name: string): string =>
    new URL(`../../../examples/express/${name}`, import.meta.url).pathname;
  const args = ["check", file("arcjet.config.ts"), "--strict", "--samples", file("samples.json")];
  const { code, out } = await finish(args);
  expect([code, out]).toEqual([0, expect.stringContaining("All is well.")]);
  expect(out.match(/^passed: /gm)?.length).toBeGreaterThan(9);
});
