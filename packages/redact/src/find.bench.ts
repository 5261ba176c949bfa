import { test } from "vitest";
import { createFinder } from "./find.ts";
import { scorePrompt } from "./prompt/score.ts";

const prose =
  "Dear team, please call me on 202-555-0143 or write to ada@example.com from 192.0.2.7. The order " +
  "12345 was sent on 2024-05-17 at 10:30, and the card ending in 4242 was charged 1,299.00 EUR. ";
const text = (length: number, piece: string): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

test("sensitive information", async ({ bench }) => {
  const find = createFinder();
  const [small, large, digits] = [
    text(5_000, prose),
    text(1_048_576, prose),
    text(1_048_576, "12 34 5678 "),
  ];
  await bench.compare(
    bench("5 KB of prose", () => void find(small)),
    bench("1 MB of prose", () => void find(large)),
    bench("1 MB of digits", () => void find(digits)),
    { time: 500 },
  );
});

test("prompt injection", async ({ bench }) => {
  const [small, large] = [text(200, prose), text(100_000, prose)];
  await bench.compare(
    bench("200 characters", () => void scorePrompt(small)),
    bench("100,000 characters", () => void scorePrompt(large)),
    { time: 500 },
  );
});
