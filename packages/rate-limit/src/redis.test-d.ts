// Every kind of client can be given as it is.
import { Cluster, Redis } from "ioredis";
import { createClient, createCluster, createSentinel } from "redis";
import { redisStore, type RedisClient, type RedisStore } from "./redis.ts";
import type { Store } from "./store.ts";

const clients: readonly RedisClient[] = [
  new Redis(),
  new Redis({ sentinels: [{ host: "localhost", port: 26379 }], name: "main" }),
  new Cluster([{ host: "localhost", port: 7000 }]),
  createClient(),
  createClient({ RESP: 3 }),
  createSentinel({ name: "main", sentinelRootNodes: [{ host: "localhost", port: 26379 }] }),
  createCluster({ rootNodes: [] }),
];
const store: RedisStore = redisStore(clients[0]!, { secret: "sixteen letters!" });
const plain: Store = store;
const secret: string = store.secret;
void [plain, secret];

// @ts-expect-error: the secret is required.
redisStore(clients[0]!, {});
// @ts-expect-error: an address is no client.
redisStore("redis://localhost", { secret: "sixteen letters!" });
