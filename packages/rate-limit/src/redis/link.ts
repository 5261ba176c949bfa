// The two clients of Redis behind one door: `ioredis` and `redis` (node-redis), each as a single node,
// through Sentinel, or as a cluster. A script is called by its hash; a node that does not know it yet
// answers NOSCRIPT, and is then sent the text, whichever node that is.
import type { Call } from "./call.ts";

/** What is used of an `ioredis` client (`Redis` or `Cluster`). */
export interface IoRedisClient {
  readonly status: string;
  readonly isCluster?: boolean;
  evalsha(sha: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
  on(event: "close" | "ready", listener: () => void): unknown;
}

/** What is used of a `redis` client (`createClient`, `createSentinel` or `createCluster`). */
export interface NodeRedisClient {
  readonly isReady: boolean;
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  on(event: "error" | "ready", listener: (cause: unknown) => void): unknown;
}

/** A connected client of `ioredis` or `redis`. */
export type RedisClient = IoRedisClient | NodeRedisClient;

/** A client, however it is made. */
export interface Link {
  readonly cluster: boolean;
  /** Whether a call may be sent: it is ready, or has not been ready yet and is connecting. */
  readonly open: () => boolean;
  /** Tells that the connection is lost. */
  readonly onLost: (listener: (cause: unknown) => void) => void;
  /** Tells that there is a connection again. */
  readonly onReady: (listener: () => void) => void;
  readonly call: (call: Call) => Promise<unknown>;
}

/**
 * Joins a client to a script.
 *
 * @throws TypeError when the client is neither of the two.
 */
export function createLink(client: RedisClient, script: string): Link {
  const given: unknown = client;
  if (hasMethods(given, "evalsha", "eval", "on"))
    return ioredisLink(client as IoRedisClient, script);
  if (hasMethods(given, "evalSha", "eval", "on"))
    return nodeRedisLink(client as NodeRedisClient, script);
  throw new TypeError(
    "`client` is no client of ioredis or redis: give the connected client itself",
  );
}

function hasMethods(given: unknown, ...names: readonly string[]): boolean {
  if (typeof given !== "object" || given === null) return false;
  return names.every((name) => typeof Reflect.get(given, name) === "function");
}

function ioredisLink(client: IoRedisClient, script: string): Link {
  return {
    cluster: client.isCluster === true,
    open: gate(
      () => client.status === "ready",
      () => client.status !== "end",
    ),
    onLost: (listener) => client.on("close", () => listener(new Error("the connection is closed"))),
    onReady: (listener) => client.on("ready", listener),
    call: byHash(
      script,
      (sha, { keys, program }) => client.evalsha(sha, keys.length, ...keys, program),
      ({ keys, program }) => client.eval(script, keys.length, ...keys, program),
    ),
  };
}

function nodeRedisLink(client: NodeRedisClient, script: string): Link {
  return {
    cluster: "slots" in client,
    open: gate(
      () => client.isReady,
      () => true,
    ),
    // Without a listener an error event would end the process.
    onLost: (listener) => client.on("error", listener),
    onReady: (listener) => client.on("ready", listener),
    call: byHash(
      script,
      (sha, { keys, program }) => client.evalSha(sha, { keys: [...keys], arguments: [program] }),
      ({ keys, program }) => client.eval(script, { keys: [...keys], arguments: [program] }),
    ),
  };
}

/** Open while ready; before the first time also while connecting, since the client then keeps the call. */
function gate(isReady: () => boolean, isComing: () => boolean): () => boolean {
  let wasReady = false;
  return () => {
    if (isReady()) return (wasReady = true);
    return !wasReady && isComing();
  };
}

function byHash(
  script: string,
  bySha: (sha: string, call: Call) => Promise<unknown>,
  byText: (call: Call) => Promise<unknown>,
): (call: Call) => Promise<unknown> {
  let sha: string | undefined;
  const keep = (made: string): void => {
    sha = made;
  };
  // Where nothing can hash, the text is sent every time.
  sha1(script).then(keep, () => undefined);
  return (call) => {
    if (sha === undefined) return byText(call);
    return bySha(sha, call).catch((cause: unknown) => {
      if (!isUnknownScript(cause)) throw cause;
      return byText(call);
    });
  };
}

const isUnknownScript = (cause: unknown): boolean =>
  cause instanceof Error && cause.message.startsWith("NOSCRIPT");

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
