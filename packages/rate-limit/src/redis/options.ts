// The options of a Redis store, checked when it is made.
import { show } from "../duration.ts";
import type { Fallback } from "./fallback.ts";
import { MAX_LEASE } from "./leases.ts";

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** Keys the hash of client identities: at least 16 random characters, the same in every process. */
  readonly secret: string;
  /** What the names of all records begin with. Default: "arcjet:". */
  readonly prefix?: string;
  /** Milliseconds to wait for Redis before this process decides alone, from 10 to 10,000. Default: 100. */
  readonly deadline?: number;
  /** What decides while Redis is away. Default: "full", the same limits in this process. */
  readonly fallback?: Fallback;
  /** Records this process keeps while Redis is away. Default: 2^20. */
  readonly capacity?: number;
  /** Units a busy client may take in advance, from 2 to 1,000. Default: none. */
  readonly lease?: number;
  /** Told when Redis stops answering, and why. */
  readonly onAway?: (cause: unknown) => void;
  /** Told when Redis answers again. */
  readonly onBack?: () => void;
  /** For tests: milliseconds to judge by. Default: the time of the server. */
  readonly clock?: () => number;
}

const MIN_SECRET = 16;
const DEFAULT_PREFIX = "arcjet:";
const MAX_PREFIX = 64;
const DEFAULT_DEADLINE_MS = 100;
const MIN_DEADLINE_MS = 10;
const MAX_DEADLINE_MS = 10_000;

/**
 * Checks what is not checked elsewhere, and fills in the defaults.
 *
 * @throws TypeError or RangeError when an option is wrong.
 */
export function checkOptions(given: RedisStoreOptions): {
  readonly secret: string;
  readonly prefix: string;
  readonly deadlineMs: number;
  readonly lease: number | undefined;
} {
  const options: unknown = given;
  if (typeof options !== "object" || options === null)
    throw new TypeError(`the options of \`redisStore\` are ${show(options)}: give { secret }`);
  const secret: unknown = Reflect.get(options, "secret");
  if (typeof secret !== "string" || secret.length < MIN_SECRET)
    throw new TypeError(
      `\`secret\` is ${typeof secret === "string" ? "too short" : show(secret)}: give at least ${MIN_SECRET} random characters, the same in every process`,
    );
  const { prefix = DEFAULT_PREFIX, deadline = DEFAULT_DEADLINE_MS } = given;
  if (typeof prefix !== "string" || prefix.length > MAX_PREFIX || /[{}]/.test(prefix))
    throw new TypeError(
      `\`prefix\` is ${show(prefix)}: give at most ${MAX_PREFIX} characters without braces`,
    );
  if (!Number.isInteger(deadline) || deadline < MIN_DEADLINE_MS || deadline > MAX_DEADLINE_MS)
    throw new RangeError(
      `\`deadline\` is ${show(deadline)}: give whole milliseconds from ${MIN_DEADLINE_MS} to ${MAX_DEADLINE_MS}`,
    );
  const { lease } = given;
  if (lease !== undefined && (!Number.isInteger(lease) || lease < 2 || lease > MAX_LEASE))
    throw new RangeError(
      `\`lease\` is ${show(lease)}: give whole units from 2 to ${MAX_LEASE}, or nothing for no leases`,
    );
  return { secret, prefix, deadlineMs: deadline, lease };
}
