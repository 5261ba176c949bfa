import { Cluster as IoRedisCluster } from "ioredis";
import { createCluster } from "redis";
import { afterAll, beforeAll, describe } from "vitest";
import { redisStore } from "../src/redis/redis-store.ts";
import { type Cluster, hasRedis, startCluster } from "./servers.ts";
import { storeSuite } from "./store-suite.ts";

const SECRET = "a secret of the tests";
const DEADLINE = 10_000;
let made = 0;

// Without `redis-server` on PATH there is nothing a cluster could be made of, and this is skipped.
describe.skipIf(!hasRedis)("a cluster of six nodes", () => {
  let cluster: Cluster;
  let ioredis: IoRedisCluster;
  const connectNode = () =>
    createCluster({ rootNodes: cluster.ports.map((port) => ({ socket: { port } })) });
  let nodeRedis: ReturnType<typeof connectNode>;

  beforeAll(async () => {
    cluster = await startCluster();
    ioredis = new IoRedisCluster(cluster.ports.map((port) => ({ host: "127.0.0.1", port })));
    nodeRedis = connectNode();
    await nodeRedis.connect();
    await ioredis.set("ready", "yes");
  });
  afterAll(async () => {
    ioredis?.disconnect();
    nodeRedis?.destroy();
    await cluster?.stop();
  });

  const options = (clock: () => number) => ({
    secret: SECRET,
    prefix: `test ${made++}:`,
    deadline: DEADLINE,
    clock,
  });
  storeSuite("a cluster through ioredis", () => ({
    open: (clock) => redisStore(ioredis, options(clock)),
    runs: 40,
  }));
  storeSuite("a cluster through redis", () => ({
    open: (clock) => redisStore(nodeRedis, options(clock)),
    runs: 40,
  }));
});
