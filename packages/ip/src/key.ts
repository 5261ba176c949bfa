import { type Ip, isMapped, parseIp } from "./address.ts";
import { formatIp, formatIpv4 } from "./format.ts";

/** The one name that clients without an address share. */
export const UNKNOWN_CLIENT = "unknown";

/**
 * Gives the text a client is counted by: an IPv4 address itself, an IPv6 address by its /64, which is
 * the least a provider hands to one customer (RFC 6177). NAT64 addresses count as the IPv4 they carry.
 * Text that is no address gives `unknown`.
 *
 * @example
 * rateLimitKey("2001:db8:1:2:aaaa::1"); // "2001:db8:1:2::/64"
 */
export function rateLimitKey(ipText: string): string {
  const ip = parseIp(ipText);
  return ip === undefined ? UNKNOWN_CLIENT : keyOf(ip);
}

/** The text that an address is counted by. */
export function keyOf(ip: Ip): string {
  const nat64 = ip.w0 === 0x0064ff9b && ip.w1 === 0 && ip.w2 === 0;
  if (nat64 || isMapped(ip)) return formatIpv4(ip.w3);
  return `${formatIp({ family: 6, w0: ip.w0, w1: ip.w1, w2: 0, w3: 0 })}/64`;
}
