import { isAtext, isInternational } from "./characters.ts";
import type { Fault } from "./fault.ts";
import { octets } from "./octets.ts";

/** Octets before the "@" (RFC 5321, 4.5.3.1.1). */
export const MAX_LOCAL_PART_OCTETS = 64;

const DOT = 0x2e;
const AT = 0x40;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The end of a local part, which is where its "@" stands. */
interface LocalPart {
  readonly end: number;
  readonly quoted: boolean;
  readonly international: boolean;
}

/** Finds the local part at the start of an address: `Dot-string / Quoted-string`, then "@". */
export function scanLocalPart(address: string): LocalPart | Fault {
  const local = address.charCodeAt(0) === QUOTE ? scanQuoted(address) : scanDotString(address);
  if ("code" in local) return local;
  const length = local.international ? octets(address.slice(0, local.end)) : local.end;
  return length > MAX_LOCAL_PART_OCTETS
    ? { code: "local-part-too-long", offset: MAX_LOCAL_PART_OCTETS }
    : local;
}

function scanDotString(address: string): LocalPart | Fault {
  let international = false;
  let afterDot = true;
  for (let i = 0; i < address.length; i++) {
    const unit = address.charCodeAt(i);
    if (isAtext(unit)) {
      afterDot = false;
    } else if (unit === DOT) {
      if (afterDot) return { code: "local-part-dot", offset: i };
      afterDot = true;
    } else if (unit === AT) {
      if (i === 0) return { code: "local-part-empty", offset: 0 };
      return afterDot
        ? { code: "local-part-dot", offset: i - 1 }
        : { end: i, quoted: false, international };
    } else {
      const point = address.codePointAt(i)!;
      if (!isInternational(point)) return { code: "local-part-character", offset: i };
      international = true;
      afterDot = false;
      if (point > 0xffff) i++;
    }
  }
  return { code: "no-at-sign", offset: address.length };
}

function scanQuoted(address: string): LocalPart | Fault {
  let international = false;
  for (let i = 1; i < address.length; i++) {
    let unit = address.charCodeAt(i);
    if (unit === QUOTE) {
      if (address.charCodeAt(i + 1) !== AT) return { code: "local-part-quote", offset: i + 1 };
      return { end: i + 1, quoted: true, international };
    }
    // quoted-pairSMTP: a backslash and any printable ASCII character or space.
    const escaped = unit === BACKSLASH;
    if (escaped) unit = address.charCodeAt(++i);
    if (unit >= 0x20 && unit <= 0x7e) continue;
    const point = address.codePointAt(i) ?? 0;
    if (escaped || !isInternational(point)) return { code: "local-part-character", offset: i };
    international = true;
    if (point > 0xffff) i++;
  }
  return { code: "local-part-quote", offset: address.length };
}
