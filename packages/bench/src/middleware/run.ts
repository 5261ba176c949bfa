/**
 * What middleware adds to a request, in CPU time of the server process: bare, ours with three limits and
 * the framework's own limiter with one, in turn and round after round. The ratio is of what is added.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";

const ROUNDS = 9;
const SECONDS = 1;
const CONNECTIONS = 50;
const VARIANTS = ["bare", "arcjet", "peer"] as const;
const PEERS = {
  express: "express-rate-limit",
  fastify: "@fastify/rate-limit",
  hono: "hono-rate-limiter",
};
type Variant = (typeof VARIANTS)[number];

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(framework: string, variant: Variant): Promise<Running> {
  const child = fork(fileURLToPath(new URL("server.ts", import.meta.url)), [framework, variant]);
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return { child, url: `http://127.0.0.1:${port}/` };
}

async function cpu({ child }: Running): Promise<number> {
  child.send("cpu");
  const [{ cpu }] = (await once(child, "message")) as [{ cpu: NodeJS.CpuUsage }];
  return cpu.user + cpu.system;
}

/** Microseconds of CPU time a request, over one round of load. */
async function round(server: Running): Promise<number> {
  const before = await cpu(server);
  const { requests } = await autocannon({
    url: server.url,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  return ((await cpu(server)) - before) / requests.total;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!;

for (const [framework, peer] of Object.entries(PEERS)) {
  const servers = new Map<Variant, Running>();
  for (const variant of VARIANTS) servers.set(variant, await start(framework, variant));
  const added: Record<"arcjet" | "peer", number[]> = { arcjet: [], peer: [] };
  for (let i = 0; i <= ROUNDS; i++) {
    const costs = new Map<Variant, number>();
    for (const variant of VARIANTS) costs.set(variant, await round(servers.get(variant)!));
    if (i === 0) continue;
    added.arcjet.push(costs.get("arcjet")! - costs.get("bare")!);
    added.peer.push(costs.get("peer")! - costs.get("bare")!);
  }
  for (const { child } of servers.values()) child.kill();
  const [ours, theirs] = [median(added.arcjet), median(added.peer)];
  const ratio = (ours / theirs).toFixed(2);
  console.log(
    `${framework}: three limits add ${ours.toFixed(1)} µs, ${peer} with one adds ${theirs.toFixed(1)} µs; ratio ${ratio}`,
  );
}
