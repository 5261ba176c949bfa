// Every TypeScript block of every README compiles: each is written beside its package and type-checked there.
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const BLOCK = /^```ts\n([\s\S]*?)^```$/gm;
const tsconfig = {
  extends: "../../../../tsconfig.base.json",
  compilerOptions: {
    noEmit: true,
    types: ["node"],
    allowImportingTsExtensions: true,
    noUnusedLocals: false,
    experimentalDecorators: true,
  },
  include: ["*.ts"],
};

// The README of the root is about the Express example, so its blocks are checked where that is installed.
const places = [
  ["README.md", "examples/express"],
  ...globSync("packages/*/README.md").map((file) => [file, dirname(file)]),
];
let failed = 0;
for (const [file, home] of places) {
  const folder = join(home, ".report/readme");
  rmSync(folder, { recursive: true, force: true });
  const blocks = [...readFileSync(file, "utf8").matchAll(BLOCK)];
  if (blocks.length === 0 || !existsSync(join(home, "package.json"))) continue;
  mkdirSync(folder, { recursive: true });
  // A block is a module of its own, whether or not it imports anything.
  for (const [index, [, code]] of blocks.entries())
    writeFileSync(join(folder, `block-${index + 1}.ts`), `${code}\nexport {};\n`);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const { status, stdout } = spawnSync("tsc", ["-p", folder], { encoding: "utf8" });
  if (status === 0) continue;
  failed++;
  console.error(`${file}:\n${stdout}`);
}
process.exit(failed === 0 ? 0 : 1);
