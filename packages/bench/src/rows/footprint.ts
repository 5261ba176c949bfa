/** What a package weighs: the time to import it, and its bytes in a bundle. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { quick, toRow, type Row } from "../pair.ts";

const RUNS = 15;
const BYTES_PER_KB = 1000;
const cwd = fileURLToPath(new URL("../..", import.meta.url));

function start(code: string): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd,
  });
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - begun;
}

/** Milliseconds over an empty process, in turn. */
function imports(what: string, ours: string, peer: string): Row {
  const rounds: [number, number, number][] = [];
  const code = (name: string): string => `import ${JSON.stringify(name)}`;
  for (let i = 0; i < RUNS; i++) rounds.push([start(""), start(code(ours)), start(code(peer))]);
  const [empty, mine, theirs] = [0, 1, 2].map((at) => quick(rounds.map((round) => round[at]!)));
  return toRow(what, mine! - empty!, theirs! - empty!, "official @arcjet/node 1.13.0", "ms");
}

/** Kilobytes of a program with four rules, minified and compressed. */
async function weigh(from: string): Promise<number> {
  const entry = "arcjet-bench-entry";
  const code = `
    import arcjet, { detectBot, filter, shield, tokenBucket } from ${JSON.stringify(from)};
    export const aj = arcjet({ key: "k", rules: [
      shield({ mode: "LIVE" }), detectBot({ mode: "LIVE", allow: [] }), filter({ mode: "LIVE", deny: ["ip.src.vpn"] }),
      tokenBucket({ mode: "LIVE", refillRate: 5, interval: 10, capacity: 10 }) ] });`;
  const bundle = await rolldown({
    input: entry,
    cwd,
    platform: "node",
    plugins: [
      {
        name: "entry",
        resolveId: (id) =>
          id === entry ? fileURLToPath(new URL("entry.mjs", import.meta.url)) : undefined,
        load: (id) => (id.endsWith("/rows/entry.mjs") ? code : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  let bytes = 0;
  for (const file of output)
    bytes += gzipSync(file.type === "chunk" ? file.code : file.source).length;
  return bytes / BYTES_PER_KB;
}

export async function rows(): Promise<readonly Row[]> {
  const [ours, peer] = [await weigh("@arcjet/core"), await weigh("arcjet-node-official")];
  return [
    imports(
      '`import "@arcjet/express"`, over an empty process',
      "@arcjet/express",
      "arcjet-node-official",
    ),
    {
      what: "a program with four rules, bundled, minified and compressed",
      ours,
      peer,
      peerName: "official @arcjet/node 1.13.0",
      unit: "kB",
      ratio: peer / ours,
    },
  ];
}
