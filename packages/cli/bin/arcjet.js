#!/usr/bin/env node
import { run } from "../dist/index.js";

const code = await run(process.argv.slice(2));
// A configuration may hold connections open; the answer is complete once it is written.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))),
);
process.exit(code);
