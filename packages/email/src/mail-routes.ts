// Whether a domain takes mail (RFC 5321 section 5.1): its MX records, or without any its address. A
// null MX (RFC 7505) says that it takes none. A resolver that fails says nothing at all. Questions for
// the same domain share one look-up, and answers are remembered for a while.
import { withDeadline, type Timer } from "./deadline.ts";
import { createNodeResolve } from "./node-resolve.ts";
import type { DnsAnswer, MailRoute, MailRoutes, Resolve } from "./ports.ts";

/** Domains remembered; the oldest is forgotten for a new one. */
export const MAX_REMEMBERED = 10_000;
/** Look-ups under way at once; a domain beyond that is `unknown`. */
export const MAX_IN_FLIGHT = 1_000;

const HOUR_MS = 3_600_000;
const REMEMBER_MS: Readonly<Record<MailRoute, number>> = {
  found: HOUR_MS,
  none: HOUR_MS / 6,
  // Long enough that a resolver that is down does not delay every request.
  unknown: 10_000,
};
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

interface Remembered {
  readonly route: MailRoute;
  readonly until: number;
}

/**
 * Builds a look-up with its own memory: found for 1 hour, none for 10 minutes, unknown for 10 seconds.
 *
 * @example
 * const routes = createMailRoutes({ resolve: createDohResolve({ url: "https://dns.google/resolve" }) });
 * await routes.lookup("example.com"); // "found", "none" or "unknown"
 */
export function createMailRoutes(options: MailRoutesOptions = {}): MailRoutes {
  const { resolve = createNodeResolve(), timeoutMs = DEFAULT_TIMEOUT_MS, now = Date.now } = options;
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1)
    throw new TypeError(
      `email options error: \`timeoutMs\` is ${timeoutMs}, expected whole milliseconds from 1`,
    );
  const remembered = new Map<string, Remembered>();
  const inFlight = new Map<string, Promise<MailRoute>>();
  const ask = async (domain: string): Promise<MailRoute> => {
    const route = await withDeadline<MailRoute>((signal) => findRoute(domain, resolve, signal), {
      timeoutMs,
      late: "unknown",
      ...(options.timer && { timer: options.timer }),
    });
    inFlight.delete(domain);
    remember(remembered, domain, { route, until: now() + REMEMBER_MS[route] });
    return route;
  };
  return {
    lookup: (domain) => {
      const known = remembered.get(domain);
      if (known && known.until > now()) return known.route;
      const asked = inFlight.get(domain);
      if (asked) return asked;
      if (inFlight.size >= MAX_IN_FLIGHT) return "unknown";
      const answer = ask(domain);
      inFlight.set(domain, answer);
      return answer;
    },
  };
}

function remember(memory: Map<string, Remembered>, domain: string, entry: Remembered): void {
  memory.delete(domain);
  if (memory.size >= MAX_REMEMBERED) {
    const [oldest] = memory.keys();
    if (oldest !== undefined) memory.delete(oldest);
  }
  memory.set(domain, entry);
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
