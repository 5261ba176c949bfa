// What logging costs: the same load on a server with and without a log, in turns, as the load on a machine
// changes from minute to minute.
// node bench/log.mjs [rounds] [seconds of each]
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const rounds = Number(process.argv[2] ?? 5);
const seconds = process.argv[3] ?? "10";
const load = fileURLToPath(new URL("load.mjs", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "arcjet-bench-"));

async function measure(file) {
  const env = { ...process.env, ARCJET_BENCH_LOG: file };
  const { stdout } = await run(process.execPath, [load, seconds], { env });
  return JSON.parse(stdout.slice(stdout.indexOf("{"), stdout.indexOf("}\n") + 1));
}

const shares = [];
for (let round = 1; round <= rounds; round++) {
  const file = join(place, `${round}.db`);
  // Which goes first changes, so that neither has the quieter half of each round.
  const first = await measure(round % 2 === 0 ? file : "");
  const second = await measure(round % 2 === 0 ? "" : file);
  const [plain, logged] = round % 2 === 0 ? [second, first] : [first, second];
  shares.push(1 - logged.perSecond / plain.perSecond);
  console.log(
    `round ${round}: ${plain.perSecond} decisions a second without a log, ${logged.perSecond} with one;`,
    `${plain.serverCpuMicrosecondsEach} and ${logged.serverCpuMicrosecondsEach} µs of CPU each`,
  );
}
shares.sort((a, b) => a - b);
const percent = (share) => `${(share * 100).toFixed(1)} %`;
console.log(
  `logging costs ${percent(shares[shares.length >> 1])} of the decisions a second (median of ${rounds} rounds, ${percent(shares[0])} to ${percent(shares.at(-1))})`,
);
rmSync(place, { recursive: true });
