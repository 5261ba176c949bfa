// Counters in Redis, for servers that share them. What keys the hash of identities must be the same in all of
// them, so the first server makes it and leaves it there: they share Redis and nothing else.
import { randomBytes } from "node:crypto";
import type { Logger } from "@arcjet/core";
import type { Store } from "@arcjet/rate-limit";
import { redisStore } from "@arcjet/rate-limit/redis";
import { Redis } from "ioredis";
import { UsageError } from "./command.ts";

const SECRET_KEY = "arcjet:secret";
const SECRET_BYTES = 32;
const CONNECT_MS = 5_000;
/** Milliseconds between attempts to connect again, at most. */
const RETRY_MS = 2_000;

export interface SharedStore {
  readonly store: Store;
  close(): Promise<void>;
}

function checkUrl(url: string): string {
  if (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)) return url;
  throw new UsageError(
    "--redis takes a redis: or rediss: address, such as redis://127.0.0.1:6379; a password belongs into REDIS_URL",
  );
}

async function readSecret(redis: Redis): Promise<string> {
  await redis.set(SECRET_KEY, randomBytes(SECRET_BYTES).toString("hex"), "NX");
  const secret = await redis.get(SECRET_KEY);
  if (secret === null) throw new Error(`Redis lost ${SECRET_KEY} while it was read`);
  return secret;
}

/**
 * Connects to Redis or Valkey. Later it may go away and come back: meanwhile this process counts alone.
 *
 * @throws Error when it cannot be reached now.
 */
export async function openRedis(url: string, log: Logger): Promise<SharedStore> {
  const redis = new Redis(checkUrl(url), {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, RETRY_MS),
  });
  // Told of by the store, once; without a listener each attempt would be printed.
  let last: unknown;
  redis.on("error", (cause) => (last = cause));
  try {
    await redis.connect();
    const secret = await readSecret(redis);
    const store = redisStore(redis, {
      secret,
      onAway: (cause) =>
        log.warn({ error: cause }, "Redis does not answer: this server counts alone"),
      onBack: () => log.info({}, "Redis answers again"),
    });
    return {
      store,
      close: async () => {
        await redis.quit().catch(() => redis.disconnect());
      },
    };
  } catch (cause) {
    redis.disconnect();
    const why = last instanceof Error ? last : cause;
    const said = why instanceof Error ? why.message : String(why);
    throw new Error(`Redis cannot be used: ${said}`, { cause });
  }
}
