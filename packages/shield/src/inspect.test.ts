import { expect, test } from "vitest";
import { createInspector } from "./inspect.ts";
import { requestOf } from "../test/request.ts";

test("a quote closed and a tautology after it is an attack, and says where", () => {
  const { score, findings } = createInspector()(requestOf("/item?id=7%27%20or%20%271%27=%271"));
  expect(score).toBeGreaterThanOrEqual(5);
  expect(findings[0]).toMatchObject({ detector: "sql-injection", location: "query.id" });
});
