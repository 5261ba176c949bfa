/** What importing an adapter adds to an empty process: medians of runs in turn. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const RUNS = 15;
const cwd = fileURLToPath(new URL("..", import.meta.url));
const CODE = {
  empty: "",
  "@arcjet/express": 'import "@arcjet/express"',
  express: 'import "express"',
};

function run(code: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd });
  if (status !== 0) throw new Error(`cannot run ${code}`);
  return performance.now() - start;
}

const times = new Map<string, number[]>(Object.keys(CODE).map((name) => [name, []]));
for (let i = 0; i <= RUNS; i++)
  for (const [name, code] of Object.entries(CODE)) {
    const took = run(code);
    if (i > 0) times.get(name)!.push(took);
  }
const median = (name: string): number => times.get(name)!.toSorted((a, b) => a - b)[RUNS >> 1]!;
for (const name of ["@arcjet/express", "express"])
  console.log(
    `import "${name}": ${(median(name) - median("empty")).toFixed(0)} ms over an empty process`,
  );
