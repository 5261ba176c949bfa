import { expect, test } from "vitest";
import { plantLog, RULES } from "./planted-log.ts";
import { configOf } from "./log-lines.ts";
import { workspace } from "./replay-command.ts";

test("every attack, bot and burst that is planted is found, and nothing else is denied", async () => {
  let log = "";
  const planted = await plantLog(20_000, (text) => void (log += text));
  const { arcjet, path } = await workspace({ "arcjet.config.mjs": configOf(RULES), log });
  const { out } = await arcjet(["replay", path("log"), "--json"]);
  const { requests, unparsed, rules, conclusions, suspects } = JSON.parse(out);
  expect({ requests, unparsed }).toEqual({ requests: planted.requests, unparsed: 0 });
  expect(rules).toEqual([
    { index: 0, type: "SHIELD", mode: "LIVE", denied: planted.shield, errors: 0 },
    { index: 1, type: "BOT", mode: "LIVE", denied: planted.bot, errors: 0 },
    { index: 2, type: "RATE_LIMIT", mode: "LIVE", denied: planted.rateLimit, errors: 0 },
  ]);
  expect(conclusions.DENY).toBe(planted.shield + planted.bot + planted.rateLimit);
  expect(suspects).toEqual([]);
});
