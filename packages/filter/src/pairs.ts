// Names and values of a query or a Cookie header. Values of a repeated name are collected and joined
// when they are asked for, so that ten thousand of them cost no more than ten thousand names.

/** Texts by name; those of a repeated name are joined by ", ". */
export type Pairs = ReadonlyMap<string, string | readonly string[] | undefined>;

/** `a=1&b=2`: a name without `=` has an empty value, and a pair of nothing is skipped. */
export function parseArgs(text: string, decode: (text: string) => string): Pairs {
  const pairs = new Map<string, string | string[]>();
  for (const part of text.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    add(pairs, name, equals < 0 ? "" : decode(part.slice(equals + 1)));
  }
  return pairs;
}

/** `a=1; b=2`: nothing is decoded, both sides are trimmed; what has no name or no `=` is skipped. */
export function parseCookies(text: string, trim: (text: string) => string): Pairs {
  const pairs = new Map<string, string | string[]>();
  for (const part of text.split(";")) {
    const equals = part.indexOf("=");
    const name = equals < 0 ? "" : trim(part.slice(0, equals));
    if (name !== "") add(pairs, name, trim(part.slice(equals + 1)));
  }
  return pairs;
}

export function valueOf(pairs: Pairs, name: string): string | undefined {
  const value = pairs.get(name);
  return typeof value === "object" ? value.join(", ") : value;
}

function add(pairs: Map<string, string | string[]>, name: string, value: string): void {
  const earlier = pairs.get(name);
  if (earlier === undefined) pairs.set(name, value);
  else if (typeof earlier === "object") earlier.push(value);
  else pairs.set(name, [earlier, value]);
}
