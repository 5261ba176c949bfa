// Labels beyond ASCII: what IDNA 2008 lets a U-label hold (RFC 5892, with the contexts of its appendix A
// and the order of directions of RFC 5893). The mapping itself is the platform's (UTS #46 through URL),
// which is older and looser: it turns "ﬁ" into "fi" and lets both directions mix in one label.
import { encodePunycode } from "./punycode.ts";

// Letters, marks and decimal digits; the exceptions of RFC 5892, 2.6; joiners and signs with a context.
const ALLOWED = new RegExp(
  String.raw`^[\p{L}\p{Mn}\p{Mc}\p{Nd}\u06fd\u06fe\u0f0b\u3007\u00b7\u0375\u05f3\u05f4\u30fb\u200c\u200d-]+$`,
  "u",
);
// Marks at the beginning, exceptions the other way round, marks for symbols, Greek with an iota below
// (which folds to two letters), Hangul that is no syllable, and what nobody sees.
const REFUSED = new RegExp(
  String.raw`^\p{M}|[\u0345\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]|[\u20d0-\u20ff]|` +
    String.raw`[\u1f80-\u1faf\u1fb2-\u1fb4\u1fb7\u1fbc\u1fc2-\u1fc4\u1fc7\u1fcc\u1ff2-\u1ff4\u1ff7\u1ffc]|` +
    String.raw`[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]|[\u034f\u180b-\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`,
  "u",
);
/** Signs that may stand only beside certain letters (RFC 5892, A.3 to A.7). */
const OUT_OF_CONTEXT =
  /(?<!l)\u00b7|\u00b7(?!l)|\u0375(?!\p{Script=Greek})|(?<!\p{Script=Hebrew})[\u05f3\u05f4]/u;
/** Hyphens in the third and fourth place, where A-labels have them. */
const RESERVED = /^..--/su;
const KATAKANA_DOT = "\u30fb";
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/**
 * Names in lower-case letters of the scripts that most names are in, none of which has another form or a
 * context: they need no table of the platform. Capitals stand in the ranges, and in no lower-case text.
 */
const COMMON =
  /^[a-z0-9.\-\u00df-\u00f6\u00f8-\u00ff\u0101-\u0131\u0135-\u013e\u0142-\u0148\u014b-\u017e\u0390\u03ac-\u03ce\u0430-\u045f\u0491\u05d0-\u05ea\u0620-\u063f\u0641-\u064a\u0679-\u06d3\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]+$/;
/** Hyphens where a label has none, or where A-labels have them. */
const MISPLACED = /(?:^|\.)(?:-|..--)|-(?:\.|$)/;
const MAYBE_RTL = /[\u05d0-\u06d3]/;

/** The A-labels of a name in lower case, where every platform reads it alike; undefined when it may not. */
export function toCommonALabels(name: string): string | undefined {
  if (!COMMON.test(name) || (name.includes("-") && MISPLACED.test(name))) return undefined;
  const labels = name.split(".");
  if (MAYBE_RTL.test(name) && !isInOrder(labels)) return undefined;
  return labels.map(toALabel).join(".");
}

function toALabel(label: string): string {
  for (let i = 0; i < label.length; i++)
    if (label.charCodeAt(i) >= 0x80) return `xn--${encodePunycode(label)}`;
  return label;
}

/** A label beyond ASCII in its normal form, or undefined when it is no U-label in any case of its letters. */
export function toULabel(label: string): string | undefined {
  const name = label.toLowerCase().normalize("NFC");
  if (!ALLOWED.test(name) || REFUSED.test(name) || OUT_OF_CONTEXT.test(name)) return undefined;
  if (name.startsWith("-") || name.endsWith("-") || RESERVED.test(name)) return undefined;
  if (name.includes(KATAKANA_DOT) && !JAPANESE.test(name)) return undefined;
  return name.normalize("NFKC") === name ? name : undefined;
}

/** The A-labels of a name of U-labels and ASCII labels; undefined when the platform refuses one. */
export function toALabels(name: string): string | undefined {
  try {
    // One more label, so that no name is read as an IPv4 address.
    return new URL(`http://${name}.x/`).hostname.slice(0, -".x".length);
  } catch {
    return undefined;
  }
}

const RTL_BLOCKS = String.raw`[\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]`;
const RTL = new RegExp(String.raw`(?![\p{Mn}\u06f0-\u06f9])${RTL_BLOCKS}`, "u");
const RTL_LABEL = new RegExp(
  String.raw`^(?![\p{Mn}0-9\u0660-\u0669\u06f0-\u06f9])(?:${RTL_BLOCKS}|[\p{Mn}0-9\u200c\u200d-])+$`,
  "u",
);
const LTR_LABEL = /^\p{L}/u;
const EUROPEAN_DIGIT = /[0-9\u{06f0}-\u{06f9}]/u;
const ARABIC_DIGIT = /[\u{0660}-\u{0669}]/u;

/** Whether a name is written in one direction, or each of its labels is (RFC 5893, section 2). */
export function isInOrder(labels: readonly string[]): boolean {
  if (!labels.some((label) => RTL.test(label))) return true;
  return labels.every((label) =>
    RTL_LABEL.test(label)
      ? !(EUROPEAN_DIGIT.test(label) && ARABIC_DIGIT.test(label))
      : LTR_LABEL.test(label) && !RTL.test(label),
  );
}
