import type { Found } from "./look-ups.ts";

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  },
) => Promise<{ readonly status: number; readonly json: () => Promise<unknown> }>;

/** The answer of the DNS to one question. `none`: the name or the record does not exist. */
export type DnsAnswer =
  | { readonly status: "found"; readonly values: readonly string[] }
  | { readonly status: "none"; readonly nameExists: boolean }
  | { readonly status: "unknown" };

/** Asks the DNS one question. A failure is `unknown`; it neither rejects nor throws. */
export type Resolve = (
  name: string,
  type: "MX" | "A" | "AAAA",
  signal: AbortSignal,
) => Promise<DnsAnswer>;

/** Whether a domain takes mail; `unknown` when the DNS did not say. */
export type MailRoute = Found;

/** Answers whether a domain takes mail, from memory where it can. */
export interface MailRoutes {
  lookup(domain: string): MailRoute | Promise<MailRoute>;
}
