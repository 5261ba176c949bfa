export type MailboxFaultCode =
  | "too-long"
  | "no-at-sign"
  | "local-part-empty"
  | "local-part-too-long"
  | "local-part-character"
  | "local-part-dot"
  | "local-part-quote"
  | "domain-empty"
  | "domain-character"
  | "domain-label"
  | "domain-too-long"
  | "domain-international"
  | "literal-not-allowed"
  | "literal-malformed"
  | "top-level-domain";

/** Why an address is refused, and where: an offset in UTF-16 code units. */
export interface MailboxFault {
  readonly valid: false;
  readonly code: MailboxFaultCode;
  readonly offset: number;
}

/** A fault found by one part of the parser; the offset is within that part. */
export interface Fault {
  readonly code: MailboxFaultCode;
  readonly offset: number;
}
