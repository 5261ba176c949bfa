// The scanner beside the official engine, and both measures on long and tedious texts. What is built is
// measured: the sources as the test runner loads them pay for every import of a name each time it is used.
import { detectSensitiveInfo } from "@arcjet/analyze";
import { test } from "vitest";
import { createFinder, scorePrompt } from "../dist/index.js";

const dense =
  "Dear team, please call me on 202-555-0143 or write to ada@example.com from 192.0.2.7. The order " +
  "12345 was sent on 2024-05-17 at 10:30, and the card ending in 4242 was charged 1,299.00 EUR. ";
const ordinary =
  "The committee met again in the afternoon and agreed that nothing more could be done before spring. " +
  "Ada wrote the minutes and sent them round, with a note on the 14 open points and the budget. ";
const text = (length: number, piece: string): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const ENTITIES = ["email", "phone-number", "ip-address", "credit-card-number"] as const;

for (const [name, piece] of Object.entries({ dense, ordinary }))
  test(`5 KB of ${name} prose`, async ({ bench }) => {
    const find = createFinder();
    const prose = text(5_000, piece);
    // The official function asks for a whole logger and uses none of it here.
    const context = { log: quiet, characteristics: [] } as never;
    const deny = { tag: "deny" as const, val: ENTITIES.map((tag) => ({ tag })) };
    await bench.compare(
      bench("createFinder", () => void find(prose)),
      bench("official, per call", async () => {
        await detectSensitiveInfo(context, prose, deny, 1);
      }),
      { time: 500 },
    );
  });

test("100 KB", async ({ bench }) => {
  const find = createFinder();
  const [prose, digits] = [text(100_000, dense), text(100_000, "12 34 5678 ")];
  await bench.compare(
    bench("dense prose", () => void find(prose)),
    bench("digits", () => void find(digits)),
    { time: 500 },
  );
});

test("prompt injection", async ({ bench }) => {
  const [small, large] = [text(200, dense), text(100_000, dense)];
  await bench.compare(
    bench("200 characters", () => void scorePrompt(small)),
    bench("100,000 characters", () => void scorePrompt(large)),
    { time: 500 },
  );
});
