import { reverseName } from "./reverse-dns.ts";
import type { Resolver } from "./reverse-dns.ts";

/** The part of `node:dns` that is used. */
interface NodeResolver {
  setServers(servers: readonly string[]): void;
  resolvePtr(name: string): Promise<string[]>;
  resolve4(host: string): Promise<string[]>;
  resolve6(host: string): Promise<string[]>;
}

interface NodeDns {
  readonly promises: {
    readonly Resolver: new (options: { timeout: number; tries: number }) => NodeResolver;
  };
}

interface Options {
  /** Addresses of name servers, such as `127.0.0.1:5353`; those of the system by default. */
  readonly servers?: readonly string[];
  /** Milliseconds a question may take; 2,000 by default. */
  readonly timeout?: number;
}

interface NodeProcess {
  readonly getBuiltinModule?: (name: "node:dns") => NodeDns | undefined;
}

/** "No such name" and "no such record" are answers; everything else is a failure. */
async function emptyWhenAbsent(answer: Promise<string[]>): Promise<readonly string[]> {
  try {
    return await answer;
  } catch (cause) {
    const code =
      typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
    if (code === "ENOTFOUND" || code === "ENODATA") return [];
    throw cause;
  }
}

/**
 * A resolver over `node:dns`; undefined where there is none, as on most edge runtimes.
 *
 * @example
 * botVerifier({ resolver: nodeResolver({ servers: ["192.0.2.53"] }) });
 */
export function nodeResolver(options: Options = {}): Resolver | undefined {
  // Absent outside Node and its relatives; the sources are compiled without the types of Node.
  const process: NodeProcess | undefined = Reflect.get(globalThis, "process");
  const dns = process?.getBuiltinModule?.("node:dns");
  if (!dns) return undefined;
  const resolver = new dns.promises.Resolver({ timeout: options.timeout ?? 2_000, tries: 1 });
  if (options.servers) resolver.setServers(options.servers);
  return {
    // Not `reverse()` of Node, which says of a failing zone as well that there is no such name.
    reverse: (ip) => emptyWhenAbsent(resolver.resolvePtr(reverseName(ip))),
    addresses: (host, family) =>
      emptyWhenAbsent(family === 4 ? resolver.resolve4(host) : resolver.resolve6(host)),
  };
}
