/**
 * Frameworks that are built before they run are tested by a small fixture app in its production build.
 * One built server serves every case: its code asks, for each request, which app of the suite it is in.
 */
import { spawnSync } from "node:child_process";
import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { SuiteServer } from "./harness.ts";

const BUILD_MS = 240_000;

/** Runs a build tool of the package under test; throws with its output when it fails. */
export function buildFixture(script: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd,
    // A test runs with other settings than a build does.
    env: { ...process.env, NODE_ENV: "production", VITEST: "" },
    encoding: "utf8",
    timeout: BUILD_MS,
  });
  if (status !== 0) throw new Error(`${script} failed:\n${stdout}\n${stderr}`);
}

/** What the fixture finds as `globalThis.arcjetSuite()`, and servers that set it. */
export interface FixtureHost<Suite> {
  readonly serve: (suite: Suite) => Promise<SuiteServer>;
}

/** Serves the fixture's request listener, each time for another app on a port of its own. */
export function hostFixture<Suite>(listener: RequestListener): FixtureHost<Suite> {
  const current = new AsyncLocalStorage<Suite>();
  Object.assign(globalThis, { arcjetSuite: () => current.getStore() });
  return {
    serve: async (suite) => {
      const server = createServer((request, response) =>
        current.run(suite, () => void listener(request, response)),
      );
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return {
        port: (server.address() as AddressInfo).port,
        close: () => new Promise((resolve) => server.close(() => resolve())),
      };
    },
  };
}
