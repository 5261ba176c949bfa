// Puts the parts together: syntax first, then the lists, then, only for the types that were asked for,
// the network. Everything that is known without waiting is answered without a promise.
import type {
  EmailClassification,
  EmailClassifier,
  EmailClassifierOptions,
  EmailType,
} from "./classification.ts";
import { builtInDomains, matchLength, type DomainData } from "./domain-list.ts";
import { createGravatars } from "./gravatar.ts";
import type { Found } from "./look-ups.ts";
import { type Mailbox, parseMailbox } from "./mailbox.ts";
import { createMailRoutes } from "./mail-routes.ts";
import { checkDomains, checkTypes } from "./options.ts";
import type { MailRoutes } from "./ports.ts";
import { isRole } from "./role.ts";
import { suggestAddress } from "./suggestion.ts";

const WITHOUT_NETWORK: readonly EmailType[] = ["INVALID", "DISPOSABLE", "FREE", "ROLE"];

interface Lists {
  readonly disposable: ReadonlySet<string>;
  readonly free: ReadonlySet<string>;
}

const NO_DOMAINS: ReadonlySet<string> = new Set();
const NO_LISTS: Lists = { disposable: NO_DOMAINS, free: NO_DOMAINS };

/** The finding about one type of one mailbox: it applies, it does not, or nobody could say. */
type Finding = boolean | "unknown";

/** Everything a classifier was built with, its defaults filled in. */
interface Setup {
  readonly wanted: ReadonlySet<EmailType>;
  readonly allowed: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
  readonly routes: MailRoutes | undefined;
  readonly gravatarOf: ReturnType<typeof createGravatars> | undefined;
  readonly loadLists: () => Promise<Lists>;
}

/**
 * Builds a classifier of e-mail addresses. Wrong options throw here; `classify` never throws, and its
 * promise rejects only when the lists cannot be loaded.
 *
 * @example
 * const { classify } = createEmailClassifier({ types: ["INVALID", "DISPOSABLE", "NO_MX_RECORDS"] });
 * const { types, suggestion } = await classify("ada@gmial.com");
 */
export function createEmailClassifier(options: EmailClassifierOptions = {}): EmailClassifier {
  const setup = prepare(options);
  let lists: Lists | undefined = needsLists(setup) ? undefined : NO_LISTS;
  let loading: Promise<Lists> | undefined;
  const load = (): Promise<Lists> => {
    loading ??= setup.loadLists().then(
      (loaded) => (lists = loaded),
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  return {
    classify: (address) => {
      const mailbox = parseMailbox(address, options);
      if (!mailbox.valid) return { mailbox, types: ["INVALID"], unknown: [] };
      if (lists) return classifyMailbox(address, mailbox, lists, setup);
      return load().then((lists) => classifyMailbox(address, mailbox, lists, setup));
    },
    load: async () => {
      if (!lists) await load();
    },
  };
}

function needsLists({ wanted }: Setup): boolean {
  return wanted.has("DISPOSABLE") || wanted.has("FREE");
}

function prepare(options: EmailClassifierOptions): Setup {
  const wanted = new Set(checkTypes(options.types ?? WITHOUT_NETWORK));
  const [allowed, denied] = checkDomains(options.allowDomains, options.denyDomains);
  const data: DomainData = options.domains ?? builtInDomains;
  return {
    wanted,
    allowed,
    denied,
    routes: wanted.has("NO_MX_RECORDS") ? (options.mailRoutes ?? createMailRoutes()) : undefined,
    gravatarOf: wanted.has("NO_GRAVATAR")
      ? createGravatars(options.fetch ?? globalThis.fetch)
      : undefined,
    loadLists: async () => {
      const [disposable, free] = await Promise.all([
        wanted.has("DISPOSABLE") ? data.disposable() : NO_DOMAINS,
        wanted.has("FREE") ? data.free() : NO_DOMAINS,
      ]);
      return { disposable, free };
    },
  };
}

function classifyMailbox(
  address: string,
  mailbox: Mailbox,
  lists: Lists,
  setup: Setup,
): EmailClassification | Promise<EmailClassification> {
  const route =
    setup.routes && mailbox.domainKind === "name" ? setup.routes.lookup(mailbox.domain) : "found";
  const gravatar = setup.gravatarOf?.(address.trim().toLowerCase()) ?? "found";
  const settle = (route: Found, gravatar: Found): EmailClassification =>
    report(mailbox, setup.wanted, {
      INVALID: false,
      ...domainFindings(mailbox, lists, setup),
      ROLE: isRole(mailbox.localPart),
      NO_MX_RECORDS: isMissing(route),
      NO_GRAVATAR: isMissing(gravatar),
    });
  if (typeof route === "string" && typeof gravatar === "string") return settle(route, gravatar);
  return Promise.all([route, gravatar]).then((answers) => settle(...answers));
}

const isMissing = (found: Found): Finding => (found === "unknown" ? found : found === "none");

function domainFindings(
  { domain, domainKind }: Mailbox,
  lists: Lists,
  setup: Setup,
): { readonly DISPOSABLE: boolean; readonly FREE: boolean } {
  if (domainKind !== "name") return { DISPOSABLE: false, FREE: false };
  const allowed = matchLength(setup.allowed, domain);
  const denied = matchLength(setup.denied, domain);
  if (allowed > denied) return { DISPOSABLE: false, FREE: false };
  if (denied > 0) return { DISPOSABLE: true, FREE: false };
  const disposable = matchLength(lists.disposable, domain) > 0;
  return { DISPOSABLE: disposable, FREE: !disposable && lists.free.has(domain) };
}

const ORDER: readonly EmailType[] = [...WITHOUT_NETWORK, "NO_MX_RECORDS", "NO_GRAVATAR"];

function report(
  mailbox: Mailbox,
  wanted: ReadonlySet<EmailType>,
  findings: Readonly<Record<EmailType, Finding>>,
): EmailClassification {
  const types: EmailType[] = [];
  const unknown: EmailType[] = [];
  for (const type of ORDER) {
    const finding = findings[type];
    if (finding === false || !wanted.has(type)) continue;
    (finding === "unknown" ? unknown : types).push(type);
  }
  const suggestion = suggestAddress(mailbox);
  return { mailbox, types, unknown, ...(suggestion !== undefined && { suggestion }) };
}
