// The published Python client, unchanged, against this server: where a Python has it (`pip install arcjet`, named by
// ARCJET_TEST_PYTHON or found as python3).
import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { start } from "./harness.ts";

const PYTHON = process.env.ARCJET_TEST_PYTHON ?? "python3";
const SCRIPT = new URL("python/ask.py", import.meta.url).pathname;

function hasClient(): boolean {
  try {
    execFileSync(PYTHON, ["-c", "import arcjet"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

interface Told {
  readonly denied: boolean;
  readonly error: boolean;
  readonly reason: string;
  readonly states: readonly number[];
  readonly conclusions: readonly number[];
  readonly hosting: boolean;
  readonly id: string;
}

const RUN = 1;
const DRY_RUN = 3;
const ALLOW = 1;
const DENY = 2;

describe.skipIf(!hasClient())("the published Python client", () => {
  test("works unchanged with every rule in both modes", { timeout: 120_000 }, async () => {
    const { url, key } = await start();
    const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, url, key]);
    const { spoofed, ...told } = JSON.parse(stdout) as Record<string, readonly Told[]>;
    const { async: waited, "wrong key": wrong, ...cases } = told;
    for (const [name, [first, second]] of Object.entries(cases)) {
      const live = name.endsWith(" LIVE");
      const states = [live ? RUN : DRY_RUN];
      expect({ name, ...first }).toMatchObject({
        name,
        denied: false,
        states,
        conclusions: [ALLOW],
      });
      expect({ name, ...second }).toMatchObject({ name, denied: live, conclusions: [DENY] });
    }
    expect(waited).toMatchObject([{ denied: false, error: false, hosting: true }]);
    expect(waited?.[0]?.id).toMatch(/^req_/);
    expect(spoofed).toEqual([true]);
    expect(wrong).toMatchObject([{ denied: false, error: true }]);
  });
});
