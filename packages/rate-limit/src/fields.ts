// The header fields that tell a client about its limits.

/** The largest integer a structured field may hold (RFC 9651, section 3.3.1); a bucket can take longer to fill. */
export const MAX_FIELD_INTEGER = 999_999_999_999_999;

/** What one limit has to say; times in seconds. */
export interface LimitFields {
  readonly max: number;
  readonly remaining: number;
  readonly reset: number;
  readonly window: number;
}

/** `combined`: one limit in `RateLimit`, as draft 7 had it. `structured`: all of them, as draft 11 has it. */
export type FieldStyle = "combined" | "structured";

/**
 * Writes `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers); none without limits.
 *
 * In the combined form `RateLimit` shows the limit with the least remaining, then the longest reset. In
 * the structured form each limit is an item named `limit0`, `limit1` … in the order given.
 *
 * @example
 * rateLimitFields([{ max: 10, remaining: 3, reset: 20, window: 60 }]);
 * // { RateLimit: "limit=10, remaining=3, reset=20", "RateLimit-Policy": "10;w=60" }
 */
export function rateLimitFields(
  limits: readonly LimitFields[],
  style: FieldStyle = "combined",
): Readonly<Record<string, string>> {
  if (limits.length === 0) return {};
  return style === "combined" ? combined(limits) : structured(limits);
}

function combined(limits: readonly LimitFields[]): Readonly<Record<string, string>> {
  let shown = limits[0]!;
  for (const limit of limits) if (isTighter(limit, shown)) shown = limit;
  const { max, remaining, reset } = shown;
  return {
    RateLimit: `limit=${max}, remaining=${remaining}, reset=${integer(reset)}`,
    "RateLimit-Policy": policyOf(limits),
  };
}

/** The policy that was written last: it follows from the rules alone, so the next one is often the same. */
let written = { limits: [] as readonly LimitFields[], policy: "" };

function policyOf(limits: readonly LimitFields[]): string {
  if (!sameLimits(limits, written.limits)) {
    const policy = limits.map(({ max, window }) => `${max};w=${integer(window)}`).join(", ");
    written = { limits: limits.map((limit) => ({ ...limit })), policy };
  }
  return written.policy;
}

function sameLimits(a: readonly LimitFields[], b: readonly LimitFields[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++)
    if (a[i]!.max !== b[i]!.max || a[i]!.window !== b[i]!.window) return false;
  return true;
}

const integer = (seconds: number): number => Math.min(seconds, MAX_FIELD_INTEGER);

function isTighter(a: LimitFields, b: LimitFields): boolean {
  if (a.remaining !== b.remaining) return a.remaining < b.remaining;
  return a.reset !== b.reset ? a.reset > b.reset : a.max < b.max;
}

function structured(limits: readonly LimitFields[]): Readonly<Record<string, string>> {
  const each = (write: (limit: LimitFields) => string): string =>
    limits.map((limit, i) => `"limit${i}";${write(limit)}`).join(", ");
  return {
    RateLimit: each(({ remaining, reset }) => `r=${remaining};t=${integer(reset)}`),
    "RateLimit-Policy": each(({ max, window }) => `q=${max};w=${integer(window)}`),
  };
}
