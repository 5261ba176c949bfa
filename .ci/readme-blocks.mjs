// Every TypeScript block of every README and guide compiles: each is written beside its package and type-checked there.
import { execFile } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

const BLOCK = /^```ts\n([\s\S]*?)^```$/gm;
/** The name of the file that a block says it is, for other blocks to import. */
const NAME = /^\/\/ ((?:[\w.[\]-]+\/)*[\w.[\]-]+\.ts)\n/;
const tsconfig = {
  extends: resolve("tsconfig.base.json"),
  compilerOptions: {
    noEmit: true,
    declaration: false,
    emitDeclarationOnly: false,
    types: ["node"],
    allowImportingTsExtensions: true,
    noUnusedLocals: false,
    experimentalDecorators: true,
  },
  include: ["**/*.ts"],
};

// The README of the root is about the Express example, so its blocks are checked where that is installed.
const places = [
  ["README.md", "examples/express"],
  ...globSync("{packages,examples}/*/README.md").map((file) => [file, dirname(file)]),
  ...globSync("docs/*.md").map((file) => [file, "docs"]),
];

/** What the compiler says of the blocks of one file; nothing when they compile. */
function check([file, home]) {
  const folder = join(home, ".report/readme", basename(file, ".md"));
  rmSync(folder, { recursive: true, force: true });
  const blocks = [...readFileSync(file, "utf8").matchAll(BLOCK)];
  if (blocks.length === 0 || !existsSync(join(home, "package.json"))) return "";
  mkdirSync(folder, { recursive: true });
  const taken = new Set();
  for (const [index, [, code]] of blocks.entries()) {
    const named = NAME.exec(code)?.[1];
    const name = named === undefined || taken.has(named) ? `block-${index + 1}.ts` : named;
    taken.add(name);
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    // A block is a module of its own, whether or not it imports anything.
    writeFileSync(join(folder, name), `${code}\nexport {};\n`);
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  return new Promise((done) => {
    execFile("tsc", ["-p", folder], (error, output) => done(error ? output || error.message : ""));
  });
}

let failed = 0;
async function work() {
  for (let place = places.pop(); place; place = places.pop()) {
    const output = await check(place);
    if (output === "") continue;
    failed++;
    console.error(`${place[0]}:\n${output}`);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
process.exit(failed === 0 ? 0 : 1);
