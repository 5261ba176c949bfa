/** Addresses as logs write them, with a port behind. */

/**
 * Takes the port off an address that has one, and the brackets off an IPv6 address.
 *
 * @example
 * withoutPort("[2001:db8::1]:443"); // "2001:db8::1"
 */
export function withoutPort(address: string): string {
  const colon = address.lastIndexOf(":");
  const host = colon === -1 ? address : address.slice(0, colon);
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}
