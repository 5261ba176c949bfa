import { isMapped, type Ip } from "./address.ts";

/**
 * Writes an address in its one canonical form (RFC 5952); IPv4-mapped IPv6 is written as IPv4.
 *
 * @example
 * formatIp(parseIp("2001:DB8:0:0::1")!); // "2001:db8::1"
 * formatIp(parseIp("::ffff:8.8.8.8")!); // "8.8.8.8"
 */
export function formatIp(ip: Ip): string {
  return ip.family === 4 || isMapped(ip) ? formatIpv4(ip.w3) : formatIpv6(ip);
}

/** Writes the 32-bit number of an IPv4 address as dotted decimal. */
export function formatIpv4(number: number): string {
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

function formatIpv6({ w0, w1, w2, w3 }: Ip): string {
  const groups = [
    w0 >>> 16,
    w0 & 0xffff,
    w1 >>> 16,
    w1 & 0xffff,
    w2 >>> 16,
    w2 & 0xffff,
    w3 >>> 16,
    w3 & 0xffff,
  ];
  const [start, length] = longestZeroRun(groups);
  let text = "";
  for (let i = 0; i < 8; i++) {
    if (i === start) {
      text += "::";
      i += length - 1;
      continue;
    }
    if (text !== "" && !text.endsWith("::")) text += ":";
    text += (groups[i] ?? 0).toString(16);
  }
  return text;
}

/** The first longest run of two or more zero groups, which "::" replaces; start -1 when there is none. */
function longestZeroRun(groups: readonly number[]): readonly [start: number, length: number] {
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run++;
    if (run > length) {
      start = i;
      length = run;
    }
    i += run;
  }
  return [start, length];
}
