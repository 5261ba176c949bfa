// Host names: labels of letters, digits and hyphens (RFC 1123). Labels beyond ASCII become A-labels, so
// that lists and DNS are asked for the name that mail would really go to.
import { isAlphanumeric, isDigit } from "./characters.ts";
import type { Fault } from "./fault.ts";
import { isInOrder, toALabels, toCommonALabels, toULabel } from "./u-label.ts";

/** Octets of a label, and of a name in presentation form (RFC 1035 section 2.3.4). */
export const MAX_LABEL_OCTETS = 63;
export const MAX_NAME_OCTETS = 253;

const DOT = 0x2e;
const HYPHEN = 0x2d;

export interface Domain {
  readonly name: string;
  readonly kind: "name" | "ipv4" | "ipv6";
  readonly international: boolean;
}

/** Reads a host name; the result is in lower-case ASCII labels. */
export function parseDomain(text: string, requireTopLevelDomain: boolean): Domain | Fault {
  const international = hasNonAscii(text);
  const ascii = international ? (toCommonALabels(text.toLowerCase()) ?? toAscii(text)) : text;
  if (typeof ascii !== "string") return ascii;
  const labels = checkLabels(ascii);
  // Offsets into A-labels mean nothing to whoever wrote the name.
  if (typeof labels !== "number") return international ? { ...labels, offset: 0 } : labels;
  if (ascii.length > MAX_NAME_OCTETS) return { code: "domain-too-long", offset: 0 };
  if (requireTopLevelDomain && (labels < 2 || hasNumericEnd(ascii)))
    return { code: "top-level-domain", offset: text.lastIndexOf(".") + 1 };
  return { name: ascii.toLowerCase(), kind: "name", international };
}

function hasNonAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return true;
  return false;
}

/** The number of labels, or the first thing wrong with them. */
function checkLabels(name: string): number | Fault {
  let labels = 1;
  let start = 0;
  for (let i = 0; i <= name.length; i++) {
    const unit = i === name.length ? DOT : name.charCodeAt(i);
    if (unit === DOT) {
      const length = i - start;
      if (length === 0 || length > MAX_LABEL_OCTETS || name.charCodeAt(i - 1) === HYPHEN)
        return { code: "domain-label", offset: start };
      start = i + 1;
      if (i < name.length) labels++;
    } else if (unit === HYPHEN ? i === start : !isAlphanumeric(unit)) {
      return { code: unit === HYPHEN ? "domain-label" : "domain-character", offset: i };
    }
  }
  return labels;
}

function hasNumericEnd(name: string): boolean {
  for (let i = name.length - 1; i >= 0; i--) {
    const unit = name.charCodeAt(i);
    if (unit === DOT) return i < name.length - 1;
    if (!isDigit(unit)) return false;
  }
  return true;
}

const NOT_LDH = /[^a-z0-9-]/i;

/** The name with its labels beyond ASCII as A-labels, or the first thing wrong with it. */
function toAscii(text: string): string | Fault {
  const labels: string[] = [];
  let start = 0;
  for (const label of text.split(".")) {
    const ascii = !hasNonAscii(label);
    const wrong = ascii ? label.search(NOT_LDH) : -1;
    if (wrong >= 0) return { code: "domain-character", offset: start + wrong };
    const known = ascii ? label : toULabel(label);
    if (known === undefined) return { code: "domain-international", offset: start };
    labels.push(known);
    start += label.length + 1;
  }
  const name = isInOrder(labels) ? toALabels(labels.join(".")) : undefined;
  return name ?? { code: "domain-international", offset: 0 };
}
