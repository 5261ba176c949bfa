// Names the domain that was probably meant when one letter is missing, too many, wrong or swapped.
// Only a few providers are compared with, so a suggestion is rare and nearly always right; domains that
// exist and merely look like one of them are exempt.
import type { Mailbox } from "./mailbox.ts";

const PROVIDERS = [
  "gmail.com",
  "googlemail.com",
  "yahoo.com",
  "yahoo.co.uk",
  "hotmail.com",
  "hotmail.co.uk",
  "outlook.com",
  "icloud.com",
  "protonmail.com",
  "comcast.net",
  "verizon.net",
];

/** Domains that give people mailboxes, or are else well known, one edit away from a provider. */
const REAL: ReadonlySet<string> = new Set([
  ...PROVIDERS,
  "mail.com",
  "email.com",
  "ymail.com",
  "fmail.com",
  "hmail.com",
  "gmx.com",
  "gail.com",
  "cloud.com",
  "proton.me",
  "yahoo.ca",
]);

/** Providers with few letters are recognised by their misspelt ending alone. */
const SHORT = new Set(["aol", "live", "msn", "me", "gmx", "mail", "web"]);
const WRONG_ENDINGS: ReadonlyMap<string, string> = new Map([
  ["con", "com"],
  ["cmo", "com"],
  ["ocm", "com"],
  ["vom", "com"],
  ["xom", "com"],
  ["cpm", "com"],
  ["comm", "com"],
  ["coom", "com"],
]);

/** The address that was probably meant, or undefined. The local part is kept as it was typed. */
export function suggestAddress(mailbox: Mailbox): string | undefined {
  if (mailbox.domainKind !== "name" || mailbox.international) return undefined;
  const domain = suggestDomain(mailbox.domain);
  return domain === undefined ? undefined : `${mailbox.localPart}@${domain}`;
}

function suggestDomain(domain: string): string | undefined {
  if (REAL.has(domain)) return undefined;
  const dot = domain.indexOf(".");
  const ending = WRONG_ENDINGS.get(domain.slice(dot + 1));
  if (ending !== undefined && SHORT.has(domain.slice(0, dot)))
    return `${domain.slice(0, dot)}.${ending}`;
  return PROVIDERS.find((provider) => isOneEditAway(domain, provider));
}

/** Whether one insertion, deletion, replacement or swap of neighbours turns `a` into `b`. */
function isOneEditAway(a: string, b: string): boolean {
  const longer = a.length - b.length;
  if (longer < -1 || longer > 1 || a === b) return false;
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (longer === 1) return a.slice(i + 1) === b.slice(i);
  if (longer === -1) return a.slice(i) === b.slice(i + 1);
  if (a.slice(i + 1) === b.slice(i + 1)) return true;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
