// What logging costs: servers that log and servers that do not are asked in turns of a second, since the load on a
// machine changes from minute to minute. There are several of each, since one process is up to a tenth faster than
// another of the same program. Those that are not asked do nothing meanwhile.
// node bench/log.mjs [turns of each] [servers of each kind]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "./asked-server.mjs";

const TURN_SECONDS = 1;
const turns = Number(process.argv[2] ?? 12);
const each = Number(process.argv[3] ?? 5);
const place = mkdtempSync(join(tmpdir(), "arcjet-bench-"));

const servers = [];
for (let at = 0; at < 2 * each; at++) {
  // A plain one, one that logs, one that logs, a plain one: neither kind is older than the other.
  const logs = at % 4 === 1 || at % 4 === 2;
  const server = await startServer(logs ? join(place, `log-${at}.db`) : "");
  servers.push({ logs, server, runs: [] });
}
for (let turn = 0; turn < turns; turn++) {
  const order = turn % 2 === 0 ? servers : servers.toReversed();
  for (const { server, runs } of order) runs.push(await server.run(TURN_SECONDS));
}
for (const { server } of servers) await server.stop();
rmSync(place, { recursive: true });

const median = (list) => {
  const sorted = list.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};
/** The medians of a figure, one for each server of a kind, the least first. */
const medians = (logs, of) =>
  servers
    .filter((one) => one.logs === logs)
    .map(({ runs }) => median(runs.map((run) => run[of])))
    .sort((a, b) => a - b);
const whole = (list) => list.map(Math.round).join(", ");
for (const [logs, name] of [
  [false, "without a log"],
  [true, "with a log"],
])
  console.log(
    `${name}: ${whole(medians(logs, "perSecond"))} decisions a second; ${whole(medians(logs, "serving"))} µs of CPU each`,
  );
const cost = (of) => 1 - median(medians(true, of)) / median(medians(false, of));
console.log(
  `logging costs ${(cost("perSecond") * 100).toFixed(1)} % of the decisions a second, of the middle of ${each} servers each`,
);
