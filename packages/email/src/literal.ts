// Address literals (RFC 5321 section 4.1.3). `IPv6` is the only registered tag besides bare IPv4.
// "::" may stand for a single group, as RFC 4291 allows and senders write.
import { isDigit, isHexDigit } from "./characters.ts";
import type { Domain } from "./domain.ts";

const IPV6_TAG = "ipv6:";
const GROUPS = 8;
const MAX_LITERAL = "[IPv6:ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]".length;

/** Reads `[192.0.2.1]` or `[IPv6:2001:db8::1]`; undefined when it is neither. */
export function parseLiteral(text: string): Domain | undefined {
  if (text.length > MAX_LITERAL || !text.endsWith("]")) return undefined;
  const inside = text.slice(1, -1);
  if (inside.slice(0, IPV6_TAG.length).toLowerCase() === IPV6_TAG)
    return isIpv6(inside.slice(IPV6_TAG.length))
      ? { name: inside.toLowerCase(), kind: "ipv6", international: false }
      : undefined;
  return isIpv4(inside) ? { name: inside, kind: "ipv4", international: false } : undefined;
}

function isIpv4(text: string): boolean {
  const octets = text.split(".");
  return octets.length === 4 && octets.every(isOctet);
}

function isOctet(text: string): boolean {
  if (text.length < 1 || text.length > 3) return false;
  for (let i = 0; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return Number(text) <= 255;
}

function isIpv6(text: string): boolean {
  const gap = text.indexOf("::");
  if (gap < 0) return countGroups(text, true) === GROUPS;
  const before = gap === 0 ? 0 : countGroups(text.slice(0, gap), false);
  const rest = text.slice(gap + 2);
  const after = rest === "" ? 0 : countGroups(rest, true);
  return before >= 0 && after >= 0 && before + after < GROUPS;
}

/** 16-bit groups in a run without "::"; an IPv4 tail counts as two; -1 when malformed. */
function countGroups(text: string, mayEndInIpv4: boolean): number {
  const groups = text.split(":");
  let count = groups.length;
  for (const [i, group] of groups.entries()) {
    if (mayEndInIpv4 && i === groups.length - 1 && group.includes(".")) {
      if (!isIpv4(group)) return -1;
      count++;
    } else if (!isGroup(group)) return -1;
  }
  return count;
}

function isGroup(text: string): boolean {
  if (text.length < 1 || text.length > 4) return false;
  for (let i = 0; i < text.length; i++) if (!isHexDigit(text.charCodeAt(i))) return false;
  return true;
}
