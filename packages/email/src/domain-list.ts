// Lists of domains. A listed domain covers everything below it; when two lists disagree, the longer
// name wins, so that an application can exempt one host below a listed domain and the other way round.

/** Labels looked at from the right; DNS names have at most 127. */
const MAX_LABELS = 127;

/** Length of the longest listed name that is the domain or a parent of it; 0 when there is none. */
export function matchLength(listed: ReadonlySet<string>, domain: string): number {
  let name = domain;
  for (let i = 0; i < MAX_LABELS; i++) {
    if (listed.has(name)) return name.length;
    const dot = name.indexOf(".");
    if (dot < 0) return 0;
    name = name.slice(dot + 1);
  }
  return 0;
}

/** The two lists that ship with the package, each loaded when it is first needed. */
export interface DomainData {
  readonly disposable: () => Promise<ReadonlySet<string>>;
  readonly free: () => Promise<ReadonlySet<string>>;
}

/** Providers of free mailboxes that the list of the data package misses. */
const MORE_FREE = [
  "tutanota.com",
  "tutanota.de",
  "tuta.com",
  "tuta.io",
  "tutamail.com",
  "keemail.me",
  "mailfence.com",
  "disroot.org",
  "riseup.net",
];

/** Loads the lists from their own modules, which a bundler can split off. */
export const builtInDomains: DomainData = {
  disposable: async () => new Set((await import("./gen/disposable.ts")).domains.split("\n")),
  free: async () => new Set([...(await import("./gen/free.ts")).domains.split("\n"), ...MORE_FREE]),
};
