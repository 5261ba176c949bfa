/** The matrix of the README says what the suite and its users say. */
import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const rows = read("../README.md")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
const adapters = rows.find(([first]) => first === "case")?.slice(1) ?? [];
const cases = [...read("adapter-suite.ts").matchAll(/^ {4}test\("([^"]+)"/gm)].map(
  ([, name]) => name!,
);

it("has a column for every package with a suite of its own", () => {
  const tested = readdirSync(new URL("../..", import.meta.url)).filter((name) => {
    try {
      return read(`../../${name}/test/adapter.test.ts`).includes("describeAdapter(");
    } catch {
      return false;
    }
  });
  expect(adapters.toSorted()).toEqual(tested.toSorted());
});

it.each(cases)("tells who deviates: %s", (name) => {
  const row = rows.find(([first]) => first === name);
  const deviating = adapters.filter((adapter) =>
    read(`../../${adapter}/test/adapter.test.ts`).includes(`"${name}":`),
  );
  expect(adapters.filter((_, index) => row?.[index + 1] !== "✓")).toEqual(deviating);
});
