// The system's DNS through `node:dns`, reached without an import so that the package loads anywhere.
import type { DnsAnswer, Resolve } from "./ports.ts";

/** The part of `node:dns` that is used. */
interface NodeDns {
  readonly promises: {
    readonly Resolver: new (options: { timeout: number; tries: number }) => NodeResolver;
  };
}

interface NodeResolver {
  setServers(servers: readonly string[]): void;
  resolveMx(name: string): Promise<readonly { readonly exchange: string }[]>;
  resolve4(name: string): Promise<readonly string[]>;
  resolve6(name: string): Promise<readonly string[]>;
}

interface RuntimeWithModules {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

export interface NodeResolveOptions {
  /** Addresses of DNS servers, each with an optional port. Default: those of the system. */
  readonly servers?: readonly string[];
  /** Milliseconds for one try of one question. Default 2,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 2_000;
const unavailable: Resolve = async () => ({ status: "unknown" });

/**
 * Asks the DNS through `node:dns`; where the runtime has none, every answer is `unknown`.
 *
 * @example
 * createMailRoutes({ resolve: createNodeResolve({ servers: ["192.0.2.53"] }) });
 */
export function createNodeResolve(options: NodeResolveOptions = {}): Resolve {
  const dns = nodeDns();
  if (!dns) return unavailable;
  const resolver = new dns.promises.Resolver({
    timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    tries: 1,
  });
  if (options.servers) resolver.setServers(options.servers);
  return async (name, type) => {
    try {
      return { status: "found", values: await ask(resolver, name, type) };
    } catch (error) {
      return failed(error);
    }
  };
}

function nodeDns(): NodeDns | undefined {
  // Not in the DOM's types of the global object; every step is optional.
  const { process } = globalThis as RuntimeWithModules;
  const dns = process?.getBuiltinModule?.("node:dns");
  return isNodeDns(dns) ? dns : undefined;
}

function isNodeDns(value: unknown): value is NodeDns {
  if (typeof value !== "object" || value === null || !("promises" in value)) return false;
  const { promises } = value;
  return typeof promises === "object" && promises !== null && "Resolver" in promises;
}

async function ask(
  resolver: NodeResolver,
  name: string,
  type: "MX" | "A" | "AAAA",
): Promise<readonly string[]> {
  if (type === "MX") return (await resolver.resolveMx(name)).map(({ exchange }) => exchange);
  return type === "A" ? resolver.resolve4(name) : resolver.resolve6(name);
}

function failed(error: unknown): DnsAnswer {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : "";
  if (code === "ENOTFOUND") return { status: "none", nameExists: false };
  if (code === "ENODATA") return { status: "none", nameExists: true };
  return { status: "unknown" };
}
