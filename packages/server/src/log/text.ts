// Texts that clients choose, made fit to be kept and shown: what hides, turns or moves the text around it is
// replaced by a sign that is seen.

/** Controls of terminals and databases; those below 32 and 127 have pictures of their own. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROLS = /[\u0000-\u001F\u007F-\u009F]/g;
/** What turns the direction of text, breaks its line, has no width, or spells a second text in tags. */
const UNSEEN =
  /[\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

const DELETE = 0x7f;
const PICTURES = 0x2400;
const PICTURE_OF_DELETE = 0x2421;
const REPLACED = "\uFFFD";

function pictureOf(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code < DELETE) return String.fromCharCode(PICTURES + code);
  return code === DELETE ? String.fromCharCode(PICTURE_OF_DELETE) : REPLACED;
}

/** Most texts are of these signs alone. */
const PLAIN = /^[ -~]*$/;

/** Text cut to a length and well-formed, every sign of it visible. */
export function clean(text: string, max: number): string {
  if (text.length <= max && PLAIN.test(text)) return text;
  const cut = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  const formed = cut.isWellFormed() ? cut : cut.toWellFormed();
  return formed.replace(CONTROLS, pictureOf).replace(UNSEEN, REPLACED);
}

/** A text of one line and no endless one. Most are as they are; what hides in it is for the reader to show. */
export const line = (text: string, max: number): string =>
  text.length <= max && !text.includes("\n") ? text : clean(text, max);
