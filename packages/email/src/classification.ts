import type { Mailbox, MailboxOptions } from "./mailbox.ts";
import type { MailboxFault } from "./fault.ts";
import type { DomainData } from "./domain-list.ts";
import type { Fetch, MailRoutes } from "./ports.ts";

/** Everything an address can be found to be. */
export type EmailType =
  | "INVALID"
  | "DISPOSABLE"
  | "FREE"
  | "ROLE"
  | "NO_MX_RECORDS"
  | "NO_GRAVATAR";

/** What was found out about one address. */
export interface EmailClassification {
  readonly mailbox: Mailbox | MailboxFault;
  /** The types that were asked for and apply, in the order they are listed in `EmailType`. */
  readonly types: readonly EmailType[];
  /** Types that were asked for and could not be settled, such as after a DNS failure. */
  readonly unknown: readonly EmailType[];
  /** The address that was probably meant, when the domain looks mistyped. */
  readonly suggestion?: string;
}

export interface EmailClassifierOptions extends MailboxOptions {
  /**
   * The types to look for. INVALID is always found. Default: INVALID, DISPOSABLE, FREE and ROLE, which
   * need no network.
   */
  readonly types?: readonly EmailType[];
  /** Domains that are never DISPOSABLE or FREE, with everything below them. */
  readonly allowDomains?: readonly string[];
  /** Domains that are always DISPOSABLE, with everything below them. */
  readonly denyDomains?: readonly string[];
  /** Answers whether a domain takes mail. Default: `createMailRoutes()` over the system's DNS. */
  readonly mailRoutes?: MailRoutes;
  /** Asks gravatar.com. Default: the global `fetch`. */
  readonly fetch?: Fetch;
  /** The lists of domains. Default: those of the package. */
  readonly domains?: DomainData;
}

/** Classifies addresses; synchronous when nothing has to be waited for. */
export interface EmailClassifier {
  classify(address: string): EmailClassification | Promise<EmailClassification>;
  /** Loads the lists; resolves when the first address need not wait for them. */
  load(): Promise<void>;
}
