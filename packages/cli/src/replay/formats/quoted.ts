/** Quoted fields as web servers write them: what could end a field or a line is escaped. */

const BACKSLASH = 92;
const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))/g;
const NAMED: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  v: "\v",
  f: "\f",
};

/** Where the field that opens at `open` closes; -1 when it does not. */
export function closingQuote(line: string, open: number): number {
  for (let at = line.indexOf('"', open + 1); at !== -1; at = line.indexOf('"', at + 1)) {
    let escapes = 0;
    while (line.charCodeAt(at - 1 - escapes) === BACKSLASH && at - 1 - escapes > open) escapes++;
    if (escapes % 2 === 0) return at;
  }
  return -1;
}

/**
 * Undoes the escapes of nginx and Apache. Bytes become the characters of the same number, as Node reads
 * request lines and headers.
 *
 * @example
 * unescapeField("/a\\x22b"); // '/a"b'
 */
export function unescapeField(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPE, (_, byte?: string, unit?: string, other?: string) => {
    const code = byte ?? unit;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return NAMED[other ?? ""] ?? other ?? "";
  });
}

/** The value of a field; undefined when it is `-`, which stands for nothing. */
export function fieldValue(text: string): string | undefined {
  return text === "-" || text === "" ? undefined : unescapeField(text);
}
