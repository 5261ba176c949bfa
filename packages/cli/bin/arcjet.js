#!/usr/bin/env node
// Nothing is imported here, so that an older Node.js is told in one line.
const OLDEST = 22;
if (Number.parseInt(process.versions.node, 10) < OLDEST) {
  const found = process.versions.node;
  console.error(
    `arcjet: this is Node.js ${found}: install ${OLDEST} or later from https://nodejs.org`,
  );
  process.exit(1);
}

// Who reads the output may have seen enough of it, as `head` has.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", ({ code }) => process.exit(code === "EPIPE" ? 0 : 1));

const { run } = await import("../dist/index.js");
const code = await run(process.argv.slice(2));
// A configuration may hold connections open; the answer is complete once it is written.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))),
);
process.exit(code);
