// Which addresses the public internet routes to one host, by the IANA special-purpose registries
// (RFC 6890 and its updates). Multicast and reserved space identify no client and are not global.
import { isMapped, type Ip } from "./address.ts";

/**
 * Whether an address is globally routable unicast, so that it can identify a client.
 *
 * An address that embeds IPv4 (mapped, NAT64 `64:ff9b::/96`, 6to4 `2002::/16`) is as global as that is.
 *
 * @example
 * isGlobal(parseIp("8.8.8.8")!); // true
 * isGlobal(parseIp("100.64.0.1")!); // false: shared by carrier-grade NAT
 */
export function isGlobal(ip: Ip): boolean {
  if (ip.family === 4 || isMapped(ip)) return isGlobalIpv4(ip.w3);
  return isGlobalIpv6(ip);
}

/** Whether the 32-bit number of an IPv4 address is globally routable unicast. */
export function isGlobalIpv4(number: number): boolean {
  const second = (number >>> 16) & 255;
  const top24 = number >>> 8;
  switch (number >>> 24) {
    case 0:
    case 10:
    case 127:
      return false;
    case 100:
      return second < 64 || second > 127;
    case 169:
      return second !== 254;
    case 172:
      return second < 16 || second > 31;
    case 192:
      // 192.0.0.9 and .10 are anycast (RFC 7723, RFC 8155); the rest of 192.0.0.0/24 is for protocols.
      if (top24 === 0xc00000) return number === 0xc0000009 || number === 0xc000000a;
      // 192.88.99.2 is the anycast address of relays (RFC 6751).
      return second !== 168 && top24 !== 0xc00002 && number !== 0xc0586302;
    case 198:
      return second !== 18 && second !== 19 && top24 !== 0xc63364;
    case 203:
      return top24 !== 0xcb0071;
    default:
      return number >>> 24 < 224;
  }
}

function isGlobalIpv6({ w0, w1, w2, w3 }: Ip): boolean {
  if (w0 === 0x0064ff9b) return w1 === 0 && w2 === 0 && isGlobalIpv4(w3);
  // Only 2000::/3 is allocated as global unicast.
  if (w0 >>> 29 !== 1) return false;
  const first = w0 >>> 16;
  if (first === 0x2002) return isGlobalIpv4((((w0 & 0xffff) << 16) | (w1 >>> 16)) >>> 0);
  if (first === 0x3fff) return (w0 & 0xf000) !== 0;
  if (first !== 0x2001) return true;
  if (w0 === 0x20010db8) return false;
  return w0 >>> 9 !== 0x20010000 >>> 9 || isGlobalProtocolAssignment(w0, w1, w2, w3);
}

/** The globally reachable exceptions within 2001::/23. */
function isGlobalProtocolAssignment(w0: number, w1: number, w2: number, w3: number): boolean {
  const second = w0 & 0xffff;
  if (second === 1) return w1 === 0 && w2 === 0 && w3 >= 1 && w3 <= 3;
  if (second === 3) return true;
  if (second === 4) return w1 >>> 16 === 0x112;
  return second >>> 4 === 2 || second >>> 4 === 3;
}
