/**
 * What middleware adds to a request over HTTP, in CPU time of the server process: bare, ours with three limits
 * and the framework's own limiter with one, in turn and round after round. The ratio is of what is added.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { arch } from "node:os";
import { fileURLToPath } from "node:url";
import { quick, toRow, type Row } from "../pair.ts";
import { load } from "./load.ts";

// One process in which the compiler decides otherwise differs from the next by more than what is measured.
const PROCESSES = 9;
const ROUNDS = 30;
/** Rounds that are not counted. */
const WARM = 4;
const ROUND_MICROSECONDS = 50_000;
const FIRST_REQUESTS = 1000;
const PEERS = {
  express: "express-rate-limit",
  fastify: "@fastify/rate-limit",
  hono: "hono-rate-limiter",
};

/**
 * Node 24 where it is installed: on Node 22 Express takes five times as long, in which what is measured drowns.
 */
function servingNode(): string {
  const place = new URL(`../../node_modules/node-24-linux-${arch()}/bin/node`, import.meta.url);
  return existsSync(place) ? fileURLToPath(place) : process.execPath;
}

/** Microseconds that middleware adds to a request. */
interface Added {
  readonly ours: number;
  readonly peer: number;
}

async function cpu(server: ChildProcess): Promise<number> {
  server.send("cpu");
  const [{ cpu }] = (await once(server, "message")) as [{ cpu: NodeJS.CpuUsage }];
  return cpu.user + cpu.system;
}

/** Microseconds of CPU time a request, over one round of load. */
async function round(server: ChildProcess, port: number, requests: number): Promise<number> {
  const before = await cpu(server);
  const sent = await load(port, requests);
  return ((await cpu(server)) - before) / sent;
}

/** In one process; who is asked first changes with each round. */
async function measure(framework: string): Promise<Added> {
  const program = fileURLToPath(new URL("server.ts", import.meta.url));
  const server = fork(program, [framework], { execPath: servingNode() });
  const [{ ports }] = (await once(server, "message")) as [{ ports: number[] }];
  const costs = ports.map((): number[] => []);
  const order = [...ports.entries()];
  let requests = FIRST_REQUESTS;
  for (let i = 0; i < WARM + ROUNDS; i++) {
    for (const [variant, port] of order) {
      const cost = await round(server, port, requests);
      if (i >= WARM) costs[variant]!.push(cost);
      else requests = Math.ceil(ROUND_MICROSECONDS / cost);
    }
    order.reverse();
  }
  server.kill();
  const [bare, ours, peer] = costs.map(quick) as [number, number, number];
  return { ours: ours - bare, peer: peer - bare };
}

/** How many times the peer adds what ours adds. */
const ratioOf = ({ ours, peer }: Added): number => peer / ours;

/** The process that lies in the middle by its ratio. */
async function compare(framework: string, peerName: string): Promise<Row> {
  const added: Added[] = [];
  for (let i = 0; i < PROCESSES; i++) added.push(await measure(framework));
  const what = `what middleware with three limits adds to a request of ${framework} (the peer: one limit)`;
  const { ours, peer } = added.toSorted((a, b) => ratioOf(a) - ratioOf(b))[PROCESSES >> 1]!;
  return toRow(what, ours, peer, peerName, "µs");
}

export async function rows(): Promise<readonly Row[]> {
  const made: Row[] = [];
  for (const [framework, peer] of Object.entries(PEERS)) made.push(await compare(framework, peer));
  return made;
}
