import { expect, test } from "vitest";
import * as shield from "./index.ts";

test("the package exports what its README names", () => {
  expect(Object.keys(shield).sort()).toEqual([
    "ATTACK_SCORE",
    "SUSPICIOUS_SCORE",
    "ShieldOptionError",
    "createInspector",
    "detectorNames",
    "inspect",
    "profileNames",
    "suggestExclusion",
  ]);
});
