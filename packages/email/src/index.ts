export { MAX_ADDRESS_OCTETS, parseMailbox } from "./mailbox.ts";
export type { Mailbox, MailboxOptions } from "./mailbox.ts";
export type { MailboxFault, MailboxFaultCode } from "./fault.ts";
export { createEmailClassifier } from "./classify.ts";
export type {
  EmailClassification,
  EmailClassifier,
  EmailClassifierOptions,
  EmailType,
} from "./classification.ts";
export { builtInDomains } from "./domain-list.ts";
export type { DomainData } from "./domain-list.ts";
export { createMailRoutes } from "./mail-routes.ts";
export type { MailRoutesOptions } from "./mail-routes.ts";
export { createNodeResolve } from "./node-resolve.ts";
export type { NodeResolveOptions } from "./node-resolve.ts";
export { createDohResolve } from "./doh-resolve.ts";
export type { DohResolveOptions } from "./doh-resolve.ts";
export { isEmailType } from "./options.ts";
export type { DnsAnswer, Fetch, MailRoute, MailRoutes, Resolve } from "./ports.ts";
export type { Timer } from "./deadline.ts";
