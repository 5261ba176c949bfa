/**
 * What middleware adds to a request, in CPU time of the server process: bare, ours with three limits and
 * the framework's own limiter with one, in turn and round after round. The ratio is of what is added.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { quick, toRow, type Row } from "../pair.ts";

const ROUNDS = 40;
const REQUESTS = 2000;
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
    amount: REQUESTS,
  });
  return ((await cpu(server)) - before) / requests.total;
}

async function compare(framework: string, peerName: string): Promise<Row> {
  const servers = new Map<Variant, Running>();
  for (const variant of VARIANTS) servers.set(variant, await start(framework, variant));
  const costs = { bare: [] as number[], arcjet: [] as number[], peer: [] as number[] };
  for (let i = 0; i <= ROUNDS; i++)
    for (const variant of VARIANTS) {
      const cost = await round(servers.get(variant)!);
      if (i > 0) costs[variant].push(cost);
    }
  for (const { child } of servers.values()) child.kill();
  const floor = quick(costs.bare);
  const what = `what middleware with three limits adds to a request of ${framework} (the peer: one limit)`;
  return toRow(what, quick(costs.arcjet) - floor, quick(costs.peer) - floor, peerName, "µs");
}

export async function rows(): Promise<readonly Row[]> {
  const made: Row[] = [];
  for (const [framework, peer] of Object.entries(PEERS)) made.push(await compare(framework, peer));
  return made;
}
