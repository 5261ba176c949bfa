import type { GeoProvider } from "@arcjet/geo";
import type { ForwardingHeader, IpLookup, Platform, ProxyService } from "@arcjet/ip";
import type { RemoteDecider } from "@arcjet/protocol";
import type { FieldStyle, Store } from "@arcjet/rate-limit";
import type { Logger } from "./log.ts";
import type { RuleInput } from "./rule-list.ts";
import type { Sink } from "./sink.ts";

/** Makes the client of a Decide server for a site key. */
export type RemoteFactory = (key: string | undefined) => RemoteDecider;

/** Options of `arcjet()`, the same in every adapter. */
export interface ArcjetOptions<
  Rules extends readonly RuleInput[] = readonly RuleInput[],
  C extends readonly string[] = readonly string[],
> {
  /** At most 100 rules (10 with a Decide server), in any order; results come in this order. */
  readonly rules: Rules;
  /** Site key for the Decide server in ARCJET_BASE_URL. Default there: ARCJET_KEY. */
  readonly key?: string;
  /**
   * A Decide server that counts for many processes, such as `remote()` of `@arcjet/protocol/client`
   * gives, or what makes one for the `key`. Default: this process decides; Node adapters ask the one in
   * ARCJET_BASE_URL, where it is set.
   */
  readonly client?: RemoteDecider | RemoteFactory;
  /** What limiters without characteristics of their own count by. Default: `["ip.src"]`. */
  readonly characteristics?: C;
  /** Default: JSON lines on the console, from the level in ARCJET_LOG_LEVEL ("warn"). */
  readonly log?: Logger;
  /** Where counters live. Default: bounded memory of this process. */
  readonly store?: Store;
  /**
   * What is known about addresses: providers of `@arcjet/geo`, of which the first that knows a field counts,
   * or a function. Default: nothing.
   */
  readonly geo?: IpLookup | GeoProvider | readonly GeoProvider[];
  /** Addresses, CIDR ranges and services whose forwarding headers are believed. */
  readonly proxies?: readonly (string | ProxyService)[];
  /**
   * The one forwarding header that `proxies` write; the other is not read, which a client could send to be
   * unknown. Default: X-Forwarded-For, or Forwarded when only that is there, and neither when they disagree.
   */
  readonly proxyHeader?: ForwardingHeader;
  /** Platform whose client address header is believed. Default: detected from the environment. */
  readonly platform?: Platform;
  /** What happens when a rule fails: the request is let through, or denied. Default: "allow". */
  readonly onError?: "allow" | "deny";
  /** How `RateLimit` and `RateLimit-Policy` are written: as draft 7 has them, or as later drafts. Default: "combined". */
  readonly rateLimitFields?: FieldStyle;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
  /** Told of every decision. */
  readonly sinks?: readonly Sink[];
  /** Milliseconds for what waits. Default: 500, in development 1000. */
  readonly timeout?: number;
}

/** Properties every `protect()` takes beside those its rules need. */
export interface CommonProps {
  /** An address the application vouches for; replaces the one that would be found. */
  readonly ipSrc?: string;
  /** Trace id, for logs and sinks. */
  readonly correlationId?: string;
  /** What the application wants to find beside the decision in logs and sinks; plain data. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The argument after the request: optional unless a rule needs a property. */
export type PropsArgument<Props> = object extends Props
  ? [props?: Props & CommonProps]
  : [props: Props & CommonProps];
