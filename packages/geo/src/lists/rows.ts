// Rows of text files, one record a line: CSV (RFC 4180) or TSV.

/** The longest row that is read. */
export const MAX_ROW = 2048;

/** How many rows were understood, and how many were not. */
export interface RowCount {
  readonly right: number;
  readonly wrong: number;
}

/** Gives the columns of each row to `add`, which says whether it understood them; `#` begins a comment. */
export function readRows(text: string, add: (columns: readonly string[]) => boolean): RowCount {
  let right = 0;
  let wrong = 0;
  for (let at = 0; at < text.length;) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const row = end - at > MAX_ROW ? "?" : text.slice(at, end).trimEnd();
    at = end + 1;
    if (row === "" || row.startsWith("#")) continue;
    if (add(columns(row))) right++;
    else wrong++;
  }
  return { right, wrong };
}

/** The columns of a row: by tabs where there are any, else by commas outside quotes (RFC 4180). */
function columns(row: string): readonly string[] {
  if (row.includes("\t")) return row.split("\t");
  if (!row.includes('"')) return row.split(",");
  const out: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < row.length; at++) {
    const char = row.charAt(at);
    if (char === '"') {
      if (quoted && row.charAt(at + 1) === '"') {
        field += char;
        at++;
      } else {
        quoted = !quoted;
      }
    } else if (char === "," && !quoted) {
      out.push(field);
      field = "";
    } else {
      field += char;
    }
  }
  return [...out, field];
}
