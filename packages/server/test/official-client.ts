// The published JavaScript client, unchanged, against this server.
import official, { createRemoteClient } from "arcjet-node-official";
import { quiet, type Started } from "./harness.ts";

const BROWSER = {
  host: "example.com",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "en-US,en;q=0.5",
  "accept-encoding": "gzip, deflate, br",
};
export const GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
export const ATTACK = "/?q=%27%20UNION%20SELECT%20password%20FROM%20users--%20";

export interface Asked {
  readonly url?: string;
  readonly ip?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

function request({ url = "/", ip = "93.184.216.34", headers = {} }: Asked = {}) {
  const all = Object.entries({ ...BROWSER, ...headers }).filter(([, value]) => value !== undefined);
  return { method: "GET", url, headers: Object.fromEntries(all), socket: { remoteAddress: ip } };
}

export interface OfficialResult {
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly ttl: number;
  readonly state: string;
  readonly conclusion: string;
  readonly reason: Readonly<Record<string, unknown>> & { readonly type?: string };
}

export interface OfficialDecision extends Omit<OfficialResult, "ruleId" | "fingerprint" | "state"> {
  readonly id: string;
  readonly results: readonly OfficialResult[];
  readonly ip: Readonly<Record<string, unknown>> & { isHosting(): boolean; isVpn(): boolean };
}

/** A client with these rules, and what it decides about a request. */
export function clientOf(
  { url, key }: Pick<Started, "url" | "key">,
  rules: readonly unknown[],
  characteristics: readonly string[] = [],
) {
  const aj = official({
    key,
    client: createRemoteClient({ baseUrl: url, timeout: 5_000 }),
    log: quiet,
    rules: rules as never,
    ...(characteristics.length > 0 && { characteristics }),
  });
  return async (asked?: Asked, props?: Readonly<Record<string, unknown>>) =>
    (await aj.protect(request(asked) as never, props as never)) as unknown as OfficialDecision;
}
