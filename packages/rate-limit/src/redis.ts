export { redisStore, type RedisStore } from "./redis/redis-store.ts";
export type { RedisStoreOptions } from "./redis/options.ts";
export type { Fallback } from "./redis/fallback.ts";
export type { IoRedisClient, NodeRedisClient, RedisClient } from "./redis/link.ts";
