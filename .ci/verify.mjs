// The one check: build, lint, types and every test, then a single line that counts the tests of all packages.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";

const run = (command, args) =>
  spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  }).status ?? 1;
const steps = [
  ["oxfmt", ["--check"]],
  ["turbo", ["run", "build", "--output-logs=new-only"]],
  ["oxlint", ["--deny-warnings"]],
  ["node", [".ci/layers.mjs"]],
  ["node", [".ci/readme-blocks.mjs"]],
  ["turbo", ["run", "typecheck", "test", "--output-logs=new-only", "--continue"]],
];
let failedSteps = 0;
for (const [command, args] of steps) {
  if (run(command, args) === 0) continue;
  failedSteps++;
  console.error(`failed: ${command} ${args.join(" ")}`);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of globSync("{packages/*,examples/*,docs}/.report/tests.json")) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1);
  total.skipped += report.numPendingTests + report.numTodoTests;
}
console.log(
  `${total.passed} passed, ${total.failed + failedSteps} failed, ${total.skipped} skipped`,
);
process.exit(failedSteps > 0 || total.failed > 0 || total.passed === 0 ? 1 : 0);
