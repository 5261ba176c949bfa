// Forward-confirmed reverse DNS: the host name of the address must lie in a domain of the operator, and
// that name must lead back to the address, since anyone may write any name into the reverse zone of
// their own addresses.

import { parseIp } from "@arcjet/ip";
import type { Ip } from "@arcjet/ip";

/** Questions to the domain name system. An empty answer means there is no such record; a failure rejects. */
export interface Resolver {
  /** Host names of an address. */
  reverse(ip: string): Promise<readonly string[]>;
  /** Addresses of a host name, in one family. */
  addresses(host: string, family: 4 | 6): Promise<readonly string[]>;
}

/** Host names of one address that are looked at. */
export const MAX_HOSTS = 4;

/** The name an address has in the reverse zone (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(address: string): string {
  const ip = parseIp(address);
  if (!ip) throw new TypeError(`Not an address: ${address}`);
  if (ip.family === 4)
    return `${[0, 8, 16, 24].map((shift) => (ip.w3 >>> shift) & 255).join(".")}.in-addr.arpa`;
  const digits = [ip.w0, ip.w1, ip.w2, ip.w3].map((word) => word.toString(16).padStart(8, "0"));
  return `${[...digits.join("")].toReversed().join(".")}.ip6.arpa`;
}

function sameAddress(text: string, ip: Ip): boolean {
  const other = parseIp(text);
  return (
    other !== undefined &&
    other.w0 === ip.w0 &&
    other.w1 === ip.w1 &&
    other.w2 === ip.w2 &&
    other.w3 === ip.w3
  );
}

/**
 * Whether the address has a host name in one of the domains that leads back to it. Rejects when a
 * question could not be answered and the other answers do not confirm it.
 */
export async function confirmHost(
  resolver: Resolver,
  address: string,
  domains: readonly string[],
): Promise<boolean> {
  const ip = parseIp(address);
  if (!ip) return false;
  const names = (await resolver.reverse(address)).map((name) =>
    name.toLowerCase().replace(/\.$/, ""),
  );
  const ours = names.filter((name) => domains.some((domain) => name.endsWith(domain)));
  let failure: unknown;
  for (const name of ours.slice(0, MAX_HOSTS)) {
    try {
      const found = await resolver.addresses(name, ip.family);
      if (found.some((each) => sameAddress(each, ip))) return true;
    } catch (cause) {
      failure = cause;
    }
  }
  if (failure !== undefined) throw failure;
  return false;
}
