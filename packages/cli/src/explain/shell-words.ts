/** The words of a command line as a POSIX shell reads it, as far as copied curl commands go. */

/** Longest command in characters. */
export const MAX_COMMAND = 1_048_576;

const ANSI: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0" };
// One of: a single-quoted part, a $'…' part, a double-quoted part, an escaped character, plain text.
const PART =
  /'([^']*)'|\$'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\$]+|\$)/y;
const BLANK = /(?:\s|\\\r?\n)+/y;

function unescapeAnsi(text: string): string {
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|([\s\S]))/g,
    (_, byte?: string, unit?: string, other?: string) => {
      const code = byte ?? unit;
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
      return ANSI[other ?? ""] ?? other ?? "";
    },
  );
}

function textOf([, single, ansi, double, escaped, plain]: RegExpExecArray): string {
  if (ansi !== undefined) return unescapeAnsi(ansi);
  if (double !== undefined) return double.replace(/\\\n/g, "").replace(/\\(["\\$`])/g, "$1");
  if (escaped !== undefined) return escaped === "\n" ? "" : escaped;
  return single ?? plain ?? "";
}

/**
 * Splits a command line into its words.
 *
 * @throws RangeError when it is too long, SyntaxError when a quote is not closed.
 * @example
 * shellWords(`curl 'https://example.com/' -H "a: b"`); // ["curl", "https://example.com/", "-H", "a: b"]
 */
export function shellWords(command: string): readonly string[] {
  if (command.length > MAX_COMMAND)
    throw new RangeError(`the command is longer than ${MAX_COMMAND} characters`);
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < command.length;) {
    BLANK.lastIndex = at;
    if (BLANK.test(command)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at = BLANK.lastIndex;
      continue;
    }
    PART.lastIndex = at;
    const part = PART.exec(command);
    if (part === null) throw new SyntaxError("a quote in the command is not closed");
    word = (word ?? "") + textOf(part);
    at = PART.lastIndex;
  }
  if (word !== undefined) words.push(word);
  return words;
}
