// DNS over HTTPS in the JSON form that public resolvers share, for runtimes without DNS. The domain of
// the address becomes known to that resolver, so nothing is asked unless the application chooses one.
import type { DnsAnswer, Fetch, Resolve } from "./ports.ts";

export interface DohResolveOptions {
  /** Address of the resolver, such as `https://cloudflare-dns.com/dns-query`. */
  readonly url: string;
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch;
}

const TYPES = { MX: 15, A: 1, AAAA: 28 } as const;
const NOERROR = 0;
const NXDOMAIN = 3;
/** Records looked at in one answer. */
const MAX_RECORDS = 100;

/**
 * Asks a resolver by HTTPS.
 *
 * @example
 * createMailRoutes({ resolve: createDohResolve({ url: "https://cloudflare-dns.com/dns-query" }) });
 */
export function createDohResolve({ url, fetch = globalThis.fetch }: DohResolveOptions): Resolve {
  if (!URL.canParse(url) || new URL(url).protocol !== "https:")
    throw new TypeError(
      `email options error: \`url\` is ${JSON.stringify(url)}, expected an https: address of a DNS resolver`,
    );
  return async (name, type, signal) => {
    const question = new URL(url);
    question.searchParams.set("name", name);
    question.searchParams.set("type", type);
    try {
      const response = await fetch(question.href, {
        headers: { accept: "application/dns-json" },
        signal,
      });
      return response.status === 200
        ? read(await response.json(), TYPES[type])
        : { status: "unknown" };
    } catch {
      return { status: "unknown" };
    }
  };
}

function read(body: unknown, type: number): DnsAnswer {
  if (typeof body !== "object" || body === null || !("Status" in body))
    return { status: "unknown" };
  if (body.Status === NXDOMAIN) return { status: "none", nameExists: false };
  if (body.Status !== NOERROR) return { status: "unknown" };
  const records: unknown[] = "Answer" in body && Array.isArray(body.Answer) ? body.Answer : [];
  const values = records.slice(0, MAX_RECORDS).flatMap((record) => readRecord(record, type));
  return values.length > 0 ? { status: "found", values } : { status: "none", nameExists: true };
}

/** The data of a record of the type asked for; of an MX without its preference. */
function readRecord(record: unknown, type: number): readonly string[] {
  if (typeof record !== "object" || record === null || !("type" in record) || !("data" in record))
    return [];
  if (record.type !== type || typeof record.data !== "string") return [];
  return [type === TYPES.MX ? (record.data.split(" ")[1] ?? "") : record.data];
}
