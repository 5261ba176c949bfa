// What logging costs: two servers, one of which logs, are asked in turns of a second, since the load on a machine
// changes from minute to minute. The one that is not asked does nothing meanwhile.
// node bench/log.mjs [turns of each]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "./asked-server.mjs";

const TURN_SECONDS = 1;
const turns = Number(process.argv[2] ?? 40);
const place = mkdtempSync(join(tmpdir(), "arcjet-bench-"));
const plain = await startServer();
const logged = await startServer(join(place, "log.db"));

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const pairs = [];
for (let turn = 0; turn < turns; turn++) {
  // Which goes first changes, so that neither has the quieter half of each pair.
  const order = turn % 2 === 0 ? [plain, logged] : [logged, plain];
  const first = await order[0].run(TURN_SECONDS);
  const second = await order[1].run(TURN_SECONDS);
  pairs.push(turn % 2 === 0 ? [first, second] : [second, first]);
}
await plain.stop();
await logged.stop();
rmSync(place, { recursive: true });

const each = (which, of) => Math.round(median(pairs.map((pair) => pair[which][of])));
const shares = pairs
  .map(([without, with_]) => 1 - with_.perSecond / without.perSecond)
  .toSorted((a, b) => a - b);
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const [low, middle, high] = [0.25, 0.5, 0.75].map((at) => shares[Math.floor(shares.length * at)]);
console.log(
  `${each(0, "perSecond")} decisions a second without a log, ${each(1, "perSecond")} with one;`,
  `${each(0, "serving")} and ${each(1, "serving")} µs of CPU each`,
);
console.log(
  `logging costs ${percent(middle)} of the decisions a second (median of ${turns} pairs of turns, half of them from ${percent(low)} to ${percent(high)})`,
);
