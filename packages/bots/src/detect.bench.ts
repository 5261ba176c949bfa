// Beside isbot, which only says yes or no, and a loop over the patterns of crawler-user-agents.

import crawlers from "crawler-user-agents";
import { isbot } from "isbot";
import { test } from "vitest";
import { detectBots } from "./detect.ts";

const patterns = crawlers.map(({ pattern }) => new RegExp(pattern));
const bots = crawlers.flatMap(({ instances }) => instances);
const people = Array.from(
  { length: 2_000 },
  (_, at) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + (at % 40)}.0.${at}.0 Safari/537.36`,
);

/** Asks about one user agent after the other; too many for a cache to answer. */
function over(userAgents: readonly string[], ask: (userAgent: string) => unknown): () => void {
  let at = 0;
  return () => {
    ask(userAgents[at++ % userAgents.length]!);
  };
}

const loop = (userAgent: string) => patterns.filter((pattern) => pattern.test(userAgent));

test("people", async ({ bench }) => {
  await bench.compare(
    bench("detectBots", over(people, detectBots)),
    bench("isbot", over(people, isbot)),
    bench("crawler-user-agents", over(people, loop)),
    { time: 200 },
  );
});

test("bots", async ({ bench }) => {
  await bench.compare(
    bench("detectBots", over(bots, detectBots)),
    bench("isbot", over(bots, isbot)),
    bench("crawler-user-agents", over(bots, loop)),
    { time: 200 },
  );
});
