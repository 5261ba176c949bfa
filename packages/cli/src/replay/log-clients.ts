/** Who sent the requests of a log, as a rule set finds it out behind the proxies that it trusts. */
import type { ArcjetOptions } from "@arcjet/core";
import { clientIp, compileProxies, parseIp, unmap, type TrustedProxies } from "@arcjet/ip";
import { holdsHeader, type Holds, type LogEntry } from "./entry.ts";
import { LogHeaders } from "./log-headers.ts";

const FORWARDING = ["x-forwarded-for", "forwarded"];

export interface LogClients {
  /** The client as the rules see it; one that is not known is named by the other end of the connection. */
  readonly nameOf: (entry: LogEntry) => string;
  /** What the log holds of an entry; the address of the client only where it is not that of a proxy. */
  readonly holdsOf: (entry: LogEntry) => Holds;
}

const never = (): boolean => false;

/** Whether an address is that of a trusted proxy. Most lines of a log come from few of them. */
function createRecognizer(trusted: TrustedProxies | undefined): (peer: string) => boolean {
  if (trusted === undefined || trusted.set.size === 0) return never;
  let last = "";
  let isProxy = false;
  return (peer) => {
    if (peer === last) return isProxy;
    const ip = parseIp(peer);
    last = peer;
    return (isProxy = ip !== undefined && trusted.set.has(unmap(ip)));
  };
}

/** Knows the clients of a log by the proxies and the platform of a configuration. */
export function createLogClients(options: ArcjetOptions): LogClients {
  const { proxies, proxyHeader, platform } = options;
  const trusted = proxies && compileProxies(proxies, proxyHeader && { header: proxyHeader });
  const isProxy = createRecognizer(trusted);
  const services = trusted?.services.flatMap(({ clientIp }) => clientIp) ?? [];
  const lists = proxyHeader === undefined ? FORWARDING : [proxyHeader];
  const forwarding = [...lists, ...services.map(({ header }) => header)];
  const tellsClients = (holds: Holds): boolean =>
    forwarding.some((name) => holdsHeader(holds, name));
  const hidden = new WeakMap<Holds, Holds>();
  const withoutClient = (holds: Holds): Holds => {
    const known = hidden.get(holds) ?? { ...holds, clientUnknown: true };
    hidden.set(holds, known);
    return known;
  };
  return {
    nameOf: ({ client: peer, headers, holds }) => {
      if (!tellsClients(holds)) return peer;
      return (
        clientIp({ peer, headers: new LogHeaders(headers), proxies: trusted, platform }).ip || peer
      );
    },
    holdsOf: ({ client, holds }) =>
      isProxy(client) && !tellsClients(holds) ? withoutClient(holds) : holds,
  };
}
