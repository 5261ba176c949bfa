// Bundles the entries of the package it is run in, each to the file its `exports` name, with shared
// chunks beside them: a process that imports a package opens a few files instead of a hundred.
import { isAbsolute, join } from "node:path";
import { readFileSync } from "node:fs";
import { rolldown } from "rolldown";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const input = {};
for (const { "@arcjet/source": source, default: target } of Object.values(exports))
  if (source?.endsWith(".ts")) input[target.slice("./dist/".length, -".js".length)] = source;

const bundle = await rolldown({
  input,
  platform: "neutral",
  external: (id) => !id.startsWith(".") && !isAbsolute(id),
  onLog(level, log) {
    if (level === "warn") throw new Error(log.message);
  },
});
await bundle.write({
  dir: join(process.cwd(), "dist"),
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name].js",
  // What the comments say of the API stands in the declarations.
  comments: { jsdoc: false },
});
