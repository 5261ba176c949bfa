import { expect, it } from "vitest";
import { jsonLogger, parseLogLevel } from "./log.ts";

it("writes one JSON object a line, from its level on", () => {
  const lines: string[] = [];
  const log = jsonLogger(
    "warn",
    (_, line) => lines.push(line),
    () => 5,
  );
  log.info({ a: 1 }, "quiet");
  log.warn({ error: new Error("x"), big: 1n }, "loud");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { time: 5, level: "warn", error: { name: "Error", message: "x" }, big: "1", msg: "loud" },
  ]);
});

it("says so when fields cannot be written", () => {
  const lines: string[] = [];
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  jsonLogger(
    "debug",
    (_, line) => lines.push(line),
    () => 5,
  ).error(circular, "broken");
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: "error", msg: "broken" });
});

it.each([
  ["debug", "debug"],
  ["error", "error"],
  ["verbose", "warn"],
  [undefined, "warn"],
])("reads %j as %j", (text, level) => {
  expect(parseLogLevel(text)).toBe(level);
});
