/** Text of strangers on a terminal or in a page: shown, never obeyed. */

// Control characters, format characters (they hide text or change its direction), line and paragraph
// separators, and halves of characters.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const HTML = /[&<>"'`]/g;

/** Each UTF-16 unit as JavaScript and JSON write it. */
function escapeUnits(character: string): string {
  let escaped = "";
  for (let at = 0; at < character.length; at++)
    escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  return escaped;
}

/**
 * Text as one line that a terminal prints and does not obey, cut to a number of characters.
 *
 * @example
 * safeText("\u001b[2J"); // "\\u001b[2J"
 */
export function safeText(text: string, max: number = Infinity): string {
  const shown = text.replace(UNSAFE, escapeUnits);
  return shown.length > max ? `${shown.slice(0, Math.max(0, max - 1))}…` : shown;
}

/** JSON whose strings a terminal prints and does not obey either. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, escapeUnits);
}

/** Text inside an element or a quoted attribute of a page. */
export function escapeHtml(text: string): string {
  return safeText(text).replace(HTML, (character) => `&#${character.charCodeAt(0)};`);
}
