/** One table: each row a thing done here and by the peer, in turn, in one run. */
import { cpus } from "node:os";
import { rows as middleware } from "./middleware/rows.ts";
import type { Row } from "./pair.ts";
import { rows as detectors } from "./rows/detectors.ts";
import { rows as footprint } from "./rows/footprint.ts";
import { rows as limits } from "./rows/limits.ts";
import { rows as protect } from "./rows/protect.ts";
import { rows as shield } from "./rows/shield.ts";

const KINDS = { protect, detectors, shield, limits, footprint, middleware };

const figure = (value: number): string => Number(value.toPrecision(2)).toLocaleString("en");

function line({ what, ours, peer, peerName, unit, ratio }: Row): string {
  return `| ${what} | ${figure(ours)} ${unit} | ${figure(peer)} ${unit} | ${peerName} | ${figure(ratio)} |`;
}

const asked = process.argv.slice(2);
const [cpu] = cpus();
console.log(
  `Node.js ${process.version}, ${cpus().length} × ${cpu?.model ?? "unknown processor"}\n`,
);
console.log("| what | here | peer | which peer | times |\n| --- | --- | --- | --- | --- |");
for (const [kind, rows] of Object.entries(KINDS)) {
  if (asked.length > 0 && !asked.includes(kind)) continue;
  for (const row of await rows()) console.log(line(row));
}
