// Reads the `Mailbox` of RFC 5321 section 4.1.2, extended by RFC 6531 (SMTPUTF8), in one pass from the
// left: a dot-string or a quoted string, "@", a host name or an address literal. What only message
// headers allow (RFC 5322: comments, folding, display names) is no mailbox and is refused.
import { type Domain, parseDomain } from "./domain.ts";
import type { Fault, MailboxFault, MailboxFaultCode } from "./fault.ts";
import { parseLiteral } from "./literal.ts";
import { scanLocalPart } from "./local-part.ts";
import { octets } from "./octets.ts";

/** Octets of a whole address: a path of 256 less its angle brackets (RFC 5321, 4.5.3.1.3). */
export const MAX_ADDRESS_OCTETS = 254;

export interface MailboxOptions {
  /** Whether the domain needs a second label and a last label that is not a number. Default true. */
  readonly requireTopLevelDomain?: boolean;
  /** Whether an address such as `user@[192.0.2.1]` is accepted. Default false. */
  readonly allowDomainLiteral?: boolean;
}

/** A well-formed address, taken apart. */
export interface Mailbox {
  readonly valid: true;
  /** As received, with its quotes. */
  readonly localPart: string;
  /** Host name in lower-case ASCII labels (IDN as `xn--`), or the text between the brackets. */
  readonly domain: string;
  readonly domainKind: "name" | "ipv4" | "ipv6";
  readonly quoted: boolean;
  /** Whether it needs a mail server with SMTPUTF8, or IDN in the domain. */
  readonly international: boolean;
}

/**
 * Parses an e-mail address as it is used in SMTP: at most 64 octets before the "@", 63 for a label,
 * 254 in all. Never throws.
 *
 * @example
 * parseMailbox("Ada@Example.com"); // { valid: true, localPart: "Ada", domain: "example.com", … }
 * parseMailbox("ada@example"); // { valid: false, code: "top-level-domain", offset: 4 }
 * @see RFC 5321 section 4.1.2, RFC 6531 section 3.3
 */
export function parseMailbox(
  address: string,
  options: MailboxOptions = {},
): Mailbox | MailboxFault {
  if (address.length > MAX_ADDRESS_OCTETS) return fault("too-long", MAX_ADDRESS_OCTETS);
  const local = scanLocalPart(address);
  if ("code" in local) return fault(local.code, local.offset);
  const start = local.end + 1;
  const domain = readDomain(address, start, options);
  if ("code" in domain) return fault(domain.code, start + domain.offset);
  const international = local.international || domain.international;
  if (international && octets(address) > MAX_ADDRESS_OCTETS) return fault("too-long", 0);
  return {
    valid: true,
    localPart: address.slice(0, local.end),
    domain: domain.name,
    domainKind: domain.kind,
    quoted: local.quoted,
    international,
  };
}

function readDomain(address: string, start: number, options: MailboxOptions): Domain | Fault {
  const text = address.slice(start);
  if (text === "") return { code: "domain-empty", offset: 0 };
  if (text.charCodeAt(0) !== 0x5b) return parseDomain(text, options.requireTopLevelDomain ?? true);
  if (!options.allowDomainLiteral) return { code: "literal-not-allowed", offset: 0 };
  return parseLiteral(text) ?? { code: "literal-malformed", offset: 0 };
}

function fault(code: MailboxFaultCode, offset: number): MailboxFault {
  return { valid: false, code, offset };
}
