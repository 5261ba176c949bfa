// Mailboxes that stand for a function and not for a person: RFC 2142 and what is common beside it.

const ROLES: ReadonlySet<string> = new Set(
  (
    "abuse accounting accounts admin administrator advertising all ap ar billing bookings business " +
    "career careers cert compliance contact contactus customercare customerservice dev devops dns " +
    "do-not-reply donotreply editor enquiries enquiry everyone events feedback finance ftp general " +
    "hello help helpdesk hostmaster hr info information inquiries inquiry invoice invoices investors " +
    "it jobs legal list list-request mail mailer-daemon majordomo marketing media news newsletter " +
    "no-reply noc noreply nospam office operations ops order orders partners payments payroll postmaster " +
    "pr press privacy procurement recruiting recruitment register registrar reservations returns root " +
    "sales security service shop spam staff store subscribe support sysadmin team tech unsubscribe " +
    "usenet uucp web webadmin webmaster webteam www"
  ).split(" "),
);

/** Whether a local part names a role; what follows "+" does not count. */
export function isRole(localPart: string): boolean {
  const plus = localPart.indexOf("+");
  return ROLES.has((plus > 0 ? localPart.slice(0, plus) : localPart).toLowerCase());
}
