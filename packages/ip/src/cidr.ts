import { ipv4, isMapped, parseIp, type Ip } from "./address.ts";

/** A block of addresses that share their first `bits` bits. */
export interface Cidr {
  /** The first address of the block. */
  readonly first: Ip;
  /** The last address of the block. */
  readonly last: Ip;
  /** Prefix length: 0 to 32 for IPv4, 0 to 128 for IPv6. */
  readonly bits: number;
  /** False when the text had bits set behind the prefix, as in `10.0.0.1/8`. */
  readonly exact: boolean;
}

/** The longest text: an address, a slash and three digits. */
const MAX_TEXT = 49;
const MAPPED_BITS = 96;

/**
 * Parses a block such as `10.0.0.0/8`; a bare address is a block of one.
 *
 * Bits behind the prefix are cleared and noted in `exact`. A block within `::ffff:0:0/96` becomes IPv4.
 * Gives undefined for everything that is not a block (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * @example
 * parseCidr("10.0.0.0/8")?.bits; // 8
 * parseCidr("10/8"); // undefined
 */
export function parseCidr(text: string): Cidr | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const slash = text.indexOf("/");
  const parsed = parseIp(slash < 0 ? text : text.slice(0, slash));
  if (parsed === undefined) return undefined;
  const width = parsed.family === 4 ? 32 : 128;
  let bits = slash < 0 ? width : parseBits(text, slash + 1);
  if (bits < 0 || bits > width) return undefined;
  let ip = parsed;
  if (ip.family === 6 && bits >= MAPPED_BITS && isMapped(ip)) {
    ip = ipv4(ip.w3);
    bits -= MAPPED_BITS;
  }
  return block(ip, bits);
}

/** One to three digits without a leading zero, to the end of the text; -1 when there is anything else. */
function parseBits(text: string, from: number): number {
  const length = text.length - from;
  if (length < 1 || length > 3) return -1;
  if (length > 1 && text.charCodeAt(from) === 48) return -1;
  let bits = 0;
  for (let at = from; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    bits = bits * 10 + digit;
  }
  return bits;
}

function block(ip: Ip, bits: number): Cidr {
  const skipped = ip.family === 4 ? MAPPED_BITS : 0;
  const mask = (word: number) => wordMask(bits + skipped - word * 32);
  const masks = [mask(0), mask(1), mask(2), mask(3)] as const;
  const first: Ip = {
    family: ip.family,
    w0: (ip.w0 & masks[0]) >>> 0,
    w1: (ip.w1 & masks[1]) >>> 0,
    w2: (ip.w2 & masks[2]) >>> 0,
    w3: (ip.w3 & masks[3]) >>> 0,
  };
  const last: Ip = {
    family: ip.family,
    w0: (first.w0 | ~masks[0]) >>> 0,
    w1: (first.w1 | ~masks[1]) >>> 0,
    w2: (first.w2 | ~masks[2]) >>> 0,
    w3: (first.w3 | ~masks[3]) >>> 0,
  };
  const exact =
    first.w0 === ip.w0 && first.w1 === ip.w1 && first.w2 === ip.w2 && first.w3 === ip.w3;
  return { first, last, bits, exact };
}

/** The mask of one 32-bit word of which the first `bits` bits count. */
function wordMask(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? 0xffffffff : (0xffffffff << (32 - bits)) >>> 0;
}
