// Host names: labels of letters, digits and hyphens (RFC 1123). A name beyond ASCII is checked label by
// label and then mapped by the platform's own IDNA (UTS #46 through URL), so that lists and DNS are
// asked for the name that mail would really go to.
import { isAlphanumeric, isDigit } from "./characters.ts";
import type { Fault } from "./fault.ts";

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
  const ascii = international ? toAscii(text) : text;
  if (ascii === undefined) return { code: "domain-international", offset: 0 };
  const labels = checkLabels(ascii);
  if (typeof labels !== "number") return labels;
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

// Letters, marks, digits, and the few signs that IDNA 2008 allows in context (RFC 5892, A.3 to A.7).
const LABEL = /^[\p{L}\p{M}\p{N}\u00b7\u0375\u05f3\u05f4\u30fb-]+$/u;

/** The ASCII form of an international name; undefined when it has none. */
function toAscii(text: string): string | undefined {
  const labels = text.split(".");
  for (const label of labels)
    if (!LABEL.test(label) || label.startsWith("-") || label.endsWith("-")) return undefined;
  const url = `http://${text}/`;
  if (!URL.canParse(url)) return undefined;
  const name = new URL(url).hostname;
  // A name of digits from other scripts would be read as an IPv4 address and change its shape.
  return name.split(".").length === labels.length && hasLetter(name) ? name : undefined;
}

function hasLetter(name: string): boolean {
  return /[a-z]/.test(name);
}
