import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { arch, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "arcjet-runtimes-"));
const bundleOf = (name: string): string => join(directory, `${name}.mjs`);
const installed = (path: string): string => join(root, "node_modules", path);
const MAX_OUTPUT = 64 * 1024 * 1024;
const TIMEOUT_MS = 120_000;

async function bundle(name: string): Promise<void> {
  const built = await rolldown({
    input: join(root, `src/${name}.ts`),
    platform: "neutral",
    resolve: { mainFields: ["module", "main"] },
  });
  await built.write({ file: bundleOf(name), format: "esm", codeSplitting: false });
}

function runFile(program: string, ...options: string[]): readonly string[] {
  const output = execFileSync(program, [...options, bundleOf("process")], {
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
    env: { PATH: process.env.PATH, HOME: directory, NODE_ENV: "production" },
  });
  return JSON.parse(output) as readonly string[];
}

async function runWorker(): Promise<readonly string[]> {
  const worker = new Miniflare({
    modules: [
      { type: "ESModule", path: "worker.mjs", contents: readFileSync(bundleOf("worker"), "utf8") },
    ],
    compatibilityDate: "2026-07-01",
  });
  try {
    const response = await worker.dispatchFetch("http://worker.example/");
    expect(response.status).toBe(200);
    return (await response.json()) as readonly string[];
  } finally {
    await worker.dispose();
  }
}

const node = (version: number): string => installed(`node-${version}-linux-${arch()}/bin/node`);
const runtimes: Readonly<Record<string, () => readonly string[] | Promise<readonly string[]>>> = {
  "Node 24": () => runFile(node(24)),
  "Node 26": () => runFile(node(26)),
  Bun: () => runFile(installed("bun/bin/bun.exe"), "run"),
  Deno: () => runFile(installed("deno/deno"), "run", "--allow-env"),
  workerd: runWorker,
};
let expected: readonly string[] = [];

beforeAll(async () => {
  await bundle("process");
  await bundle("worker");
  expected = runFile(process.execPath);
}, TIMEOUT_MS);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("the cases", () => {
  test("are at least 300, and come to every conclusion", () => {
    const decisions = expected.map((line) => JSON.parse(line) as Record<string, unknown>);
    const cases = new Set(decisions.map(({ rules, course }) => `${rules}: ${course}`));
    expect(cases.size).toBeGreaterThanOrEqual(300);
    const conclusions = new Set(decisions.map(({ conclusion }) => conclusion));
    expect([...conclusions].toSorted()).toEqual(["ALLOW", "DENY", "ERROR"]);
  });
});

describe("decisions are byte for byte those of Node 22", () => {
  test.each(Object.keys(runtimes))(
    "in %s",
    async (name) => {
      expect(await runtimes[name]!()).toEqual(expected);
    },
    TIMEOUT_MS,
  );
});
