// One shape for both families: four unsigned 32-bit words, IPv4 in the last one behind ::ffff:.
// A mapped address and its IPv4 form therefore have equal words and differ in `family` only.

/** An IP address as four unsigned 32-bit words, most significant first. */
export interface Ip {
  readonly family: 4 | 6;
  readonly w0: number;
  readonly w1: number;
  readonly w2: number;
  /** The whole address when `family` is 4. */
  readonly w3: number;
}

/** The longest text an address can have: eight groups, the last two in dotted form. */
const MAX_TEXT = 45;
const MAPPED = 0xffff;

/**
 * Parses an IPv4 or IPv6 address in its strict text form (RFC 6943 section 3.1.1, RFC 4291 section 2.2).
 *
 * Refuses leading zeros, octal, hexadecimal and short IPv4 forms, zones, brackets, ports and blanks.
 * Gives undefined for everything that is not an address.
 *
 * @example
 * parseIp("2001:db8::1")?.family; // 6
 * parseIp("0177.0.0.1"); // undefined
 */
export function parseIp(text: string): Ip | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const four = parseIpv4(text, 0);
  return four < 0 ? parseIpv6(text) : ipv4(four);
}

/** Makes an address of the 32-bit number of an IPv4 address. */
export function ipv4(number: number): Ip {
  return { family: 4, w0: 0, w1: 0, w2: MAPPED, w3: number >>> 0 };
}

/** Gives the IPv4 address inside an IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2), else the same address. */
export function unmap(ip: Ip): Ip {
  return ip.family === 6 && isMapped(ip) ? ipv4(ip.w3) : ip;
}

/** Whether the words are those of an IPv4 address, mapped or not. */
export function isMapped(ip: Ip): boolean {
  return ip.w2 === MAPPED && ip.w0 === 0 && ip.w1 === 0;
}

/** Reads dotted decimal from `from` to the end of the text: an unsigned number, or -1 when it is not IPv4. */
export function parseIpv4(text: string, from: number): number {
  const end = text.length;
  if (end - from < 7 || end - from > 15) return -1;
  let value = 0;
  let part = -1;
  let parts = 0;
  for (let at = from; at <= end; at++) {
    const code = at < end ? text.charCodeAt(at) : 46;
    if (code >= 48 && code <= 57) {
      // A digit after a first zero would be a leading zero.
      if (part === 0) return -1;
      part = part < 0 ? code - 48 : part * 10 + code - 48;
      if (part > 255) return -1;
    } else if (code === 46) {
      if (part < 0 || parts === 4) return -1;
      value = value * 256 + part;
      part = -1;
      parts++;
    } else {
      return -1;
    }
  }
  return parts === 4 ? value : -1;
}

/** The groups read so far: a scratch pad of one call. */
interface Groups {
  readonly head: number[];
  /** Groups after "::", undefined when there is none. */
  tail: number[] | undefined;
}

function parseIpv6(text: string): Ip | undefined {
  const groups = readGroups(text);
  if (groups === undefined) return undefined;
  const { head, tail } = groups;
  if (tail === undefined) return head.length === 8 ? fromGroups(head) : undefined;
  // "::" stands for at least one group.
  const gap = 8 - head.length - tail.length;
  if (gap < 1) return undefined;
  for (let i = 0; i < gap; i++) head.push(0);
  for (const group of tail) head.push(group);
  return fromGroups(head);
}

function readGroups(text: string): Groups | undefined {
  const groups: Groups = { head: [], tail: undefined };
  const end = text.length;
  let at = 0;
  if (text.startsWith("::")) {
    groups.tail = [];
    at = 2;
    if (at === end) return groups;
  }
  let list = groups.tail ?? groups.head;
  for (;;) {
    let value = 0;
    const start = at;
    for (; at < end && at - start < 4; at++) {
      const digit = hexDigit(text.charCodeAt(at));
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    if (at < end && text.charCodeAt(at) === 46) return appendIpv4(text, start, list, groups);
    if (at === start || list.length === 8) return undefined;
    list.push(value);
    if (at === end) return groups;
    if (text.charCodeAt(at) !== 58) return undefined;
    at++;
    if (text.charCodeAt(at) === 58) {
      if (groups.tail !== undefined) return undefined;
      list = groups.tail = [];
      at++;
      if (at === end) return groups;
    }
  }
}

function appendIpv4(
  text: string,
  start: number,
  list: number[],
  groups: Groups,
): Groups | undefined {
  const four = parseIpv4(text, start);
  if (four < 0) return undefined;
  list.push(Math.floor(four / 65536), four % 65536);
  return groups;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function fromGroups(groups: readonly number[]): Ip {
  return {
    family: 6,
    w0: word(groups, 0),
    w1: word(groups, 2),
    w2: word(groups, 4),
    w3: word(groups, 6),
  };
}

function word(groups: readonly number[], at: number): number {
  return (groups[at] ?? 0) * 65536 + (groups[at + 1] ?? 0);
}
