// Whether a domain takes mail (RFC 5321 section 5.1): its MX records, or without any its address. A
// null MX (RFC 7505) says that it takes none. A resolver that fails says nothing at all.
import type { Timer } from "./deadline.ts";
import { createLookUp } from "./look-ups.ts";
import { createNodeResolve } from "./node-resolve.ts";
import type { DnsAnswer, MailRoute, MailRoutes, Resolve } from "./ports.ts";

const DEFAULT_TIMEOUT_MS = 2_000;

export interface MailRoutesOptions {
  /** Asks the DNS. Default: `node:dns` where the runtime has it; elsewhere every answer is unknown. */
  readonly resolve?: Resolve;
  /** Milliseconds for one domain, all its questions together. Default 2,000. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  readonly timer?: Timer;
}

/**
 * Builds a look-up with its own memory: found for 1 hour, none for 10 minutes, unknown for 10 seconds.
 *
 * @example
 * const routes = createMailRoutes({ resolve: createDohResolve({ url: "https://dns.google/resolve" }) });
 * await routes.lookup("example.com"); // "found", "none" or "unknown"
 */
export function createMailRoutes(options: MailRoutesOptions = {}): MailRoutes {
  const { resolve = createNodeResolve(), timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1)
    throw new TypeError(
      `email options error: \`timeoutMs\` is ${timeoutMs}, expected whole milliseconds from 1`,
    );
  const find = (domain: string, signal: AbortSignal) => findRoute(domain, resolve, signal);
  return { lookup: createLookUp(find, { ...options, timeoutMs }) };
}

async function findRoute(
  domain: string,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<MailRoute> {
  const mx = await resolve(domain, "MX", signal);
  if (mx.status === "unknown") return "unknown";
  if (mx.status === "found")
    return mx.values.some((host) => host !== "" && host !== ".") ? "found" : "none";
  if (!mx.nameExists) return "none";
  return routeByAddress([resolve(domain, "A", signal), resolve(domain, "AAAA", signal)]);
}

/** One address is enough: a question that is not answered holds up no other that is. */
function routeByAddress(questions: readonly Promise<DnsAnswer>[]): Promise<MailRoute> {
  return new Promise((settle, fail) => {
    const answers = questions.map(async (question) => {
      const { status } = await question;
      if (status === "found") settle("found");
      return status;
    });
    Promise.all(answers).then(
      (answers) => settle(answers.includes("unknown") ? "unknown" : "none"),
      fail,
    );
  });
}
