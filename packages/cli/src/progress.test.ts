import { expect, test } from "vitest";
import { createProgress } from "./progress.ts";

test("a bar shows how much is done, ten times a second, and goes away", () => {
  const shown: string[] = [];
  let time = 0;
  const { update, end } = createProgress(
    (text) => shown.push(text),
    200,
    () => time,
  );
  update(1_000, 100);
  time = 99;
  update(1_500, 150);
  time = 100;
  update(2_000, 300);
  end();
  expect(shown).toEqual([
    expect.stringMatching(/^█{15} +50 % {2}1,000 requests$/),
    expect.stringMatching(/^█{30} 100 % {2}2,000 requests$/),
    "",
  ]);
});

test("where the size is not known it counts", () => {
  const shown: string[] = [];
  const { update } = createProgress(
    (text) => shown.push(text),
    undefined,
    () => 0,
  );
  update(5, 100);
  expect(shown).toEqual(["5 requests"]);
});
