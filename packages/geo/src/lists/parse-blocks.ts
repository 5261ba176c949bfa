// Address lists as they are published: one block a line, JSON of cloud providers and crawlers in any of
// their shapes, and CSV whose first column is a block (such as the iCloud Private Relay list).
import { parseCidr, parseIp } from "@arcjet/ip";
import { GeoError } from "../geo-error.ts";
import { addRange, emptyRanges, type RangeSet } from "../ranges/range.ts";

/** The longest list that is read, in characters. */
export const MAX_LIST_LENGTH = 64 * 1024 * 1024;
/** The deepest JSON that is walked. */
export const MAX_JSON_DEPTH = 16;
/** The longest line that can be a block, a range or a CSV row. */
const MAX_LINE = 1024;

/**
 * Reads the blocks of a list. Lines that are no block are left out; a list in which they are the majority,
 * or that holds none at all, is refused with a {@link GeoError}.
 *
 * @example
 * parseBlocks("# exits\n192.0.2.0/24\n2001:db8::/32", "tor.txt", true).v4.length; // 1
 */
export function parseBlocks<V>(text: string, name: string, value: V): RangeSet<V> {
  if (text.length > MAX_LIST_LENGTH)
    throw new GeoError("INVALID_DATA", `${name} is longer than ${MAX_LIST_LENGTH} characters`);
  const found = emptyRanges<V>();
  const start = text.trimStart().charAt(0);
  const wrong =
    start === "{" || start === "["
      ? addJson(found, text, name, value)
      : addLines(found, text, value);
  const right = found.v4.length + found.v6.length;
  if (right === 0 || wrong > right)
    throw new GeoError(
      "INVALID_DATA",
      `${name} is no address list: ${right} blocks and ${wrong} other lines; expected one block a line, JSON or CSV`,
    );
  return found;
}

function addLines<V>(found: RangeSet<V>, text: string, value: V): number {
  let wrong = 0;
  for (let at = 0; at < text.length;) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const line = end - at > MAX_LINE ? "?" : text.slice(at, end);
    at = end + 1;
    const entry = (/^[^#;]*/.exec(line)?.[0] ?? "").trim();
    if (entry !== "" && !addEntry(found, entry, value)) wrong++;
  }
  return wrong;
}

/** One line: a block, `first - last`, `address:port`, or a CSV row that starts with a block. */
function addEntry<V>(found: RangeSet<V>, entry: string, value: V): boolean {
  const column = (/^[^,\s]*/.exec(entry)?.[0] ?? "").replaceAll('"', "");
  const dash = entry.indexOf("-");
  if (dash > 0) {
    const first = parseIp(entry.slice(0, dash).trim());
    const last = parseIp(entry.slice(dash + 1).trim());
    if (first !== undefined && last !== undefined) return addRange(found, first, last, value);
  }
  return addBlock(found, column, value) || addBlock(found, withoutPort(column), value);
}

function addBlock<V>(found: RangeSet<V>, text: string, value: V): boolean {
  const cidr = parseCidr(text);
  // A block of every address is a mistake that would put everyone on the list.
  return cidr !== undefined && cidr.bits > 0 && addRange(found, cidr.first, cidr.last, value);
}

/** The address of `192.0.2.1:80` or `[2001:db8::1]:80`; empty for anything else. */
function withoutPort(text: string): string {
  if (text.startsWith("[")) return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? "";
  const colon = text.indexOf(":");
  return colon > 0 && text.indexOf(":", colon + 1) < 0 ? text.slice(0, colon) : "";
}

/** Every text anywhere in the JSON that is an address or a block; publishers agree on nothing else. */
function addJson<V>(found: RangeSet<V>, text: string, name: string, value: V): number {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new GeoError("INVALID_DATA", `${name} is no valid JSON`, { cause });
  }
  const walk = (node: unknown, depth: number): void => {
    if (typeof node === "string") addBlock(found, node, value);
    else if (depth < MAX_JSON_DEPTH && typeof node === "object" && node !== null)
      for (const child of Object.values(node)) walk(child, depth + 1);
  };
  walk(json, 0);
  return 0;
}

/** Adds every block of a list given as an array. */
export function addBlocks<V>(
  found: RangeSet<V>,
  blocks: Iterable<string>,
  name: string,
  value: V,
): void {
  for (const block of blocks)
    if (typeof block !== "string" || !addEntry(found, block.trim(), value))
      throw new GeoError(
        "INVALID_DATA",
        `${name} holds ${JSON.stringify(block)}: write blocks as 192.0.2.0/24`,
      );
}
