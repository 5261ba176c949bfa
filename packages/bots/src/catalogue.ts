// The identifiers, their categories and their patterns, unpacked from the generated text.

import { categoryNames, packed } from "./gen/catalogue.ts";
import { once } from "./once.ts";

/** How an occurrence of a literal is confirmed; the kinds are those of `scripts/patterns.mjs`. */
export interface Pattern {
  /** In lower case. */
  readonly literal: string;
  /** Ordinal of the identifier it belongs to; 0 is UNKNOWN_BOT. */
  readonly owner: number;
  readonly matches: (text: string) => boolean;
}

export interface Catalogue {
  /** Identifiers; the first is UNKNOWN_BOT. */
  readonly ids: readonly string[];
  /** Identifiers of each category, by its name with the prefix `CATEGORY:`. */
  readonly categories: ReadonlyMap<string, readonly string[]>;
  /** Categories of each identifier. */
  readonly categoriesOf: ReadonlyMap<string, readonly string[]>;
  /** Other identifiers that the same pattern stands for. */
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>;
  readonly patterns: readonly Pattern[];
}

function inOrder(parts: readonly string[]): (text: string) => boolean {
  return (text) => {
    let from = 0;
    for (const part of parts) {
      const at = text.indexOf(part, from);
      if (at === -1) return false;
      from = at + part.length;
    }
    return true;
  };
}

function atWordStart(literal: string): (text: string) => boolean {
  return (text) => {
    let at = text.indexOf(literal);
    while (at > 0 && isWordChar(text.charCodeAt(at - 1)) && isWordChar(literal.charCodeAt(0)))
      at = text.indexOf(literal, at + 1);
    return at >= 0;
  };
}

function isWordChar(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** The regular expression is made when its literal is first seen, most never are. */
function byExpression(source: string): (text: string) => boolean {
  const expression = once(() => new RegExp(source));
  return (text) => expression().test(text);
}

function confirm(kind: string, literal: string, rest: string): (text: string) => boolean {
  switch (kind) {
    case "=":
      return (text) => text.includes(literal);
    case "b":
      return atWordStart(literal);
    case "^":
      return (text) => text.startsWith(literal);
    case "i":
      return () => true;
    case "*":
      return inOrder(rest.split("*"));
    case "~":
      return byExpression(rest);
    default:
      throw new TypeError(`Unknown kind of pattern: ${kind}`);
  }
}

/** A pattern with the first word of its identifier put back; the signs are those of `scripts/generate.mjs`. */
function complete(line: string, id: string): string {
  const [word = ""] = id.split("_");
  return line.replace(/[%<>]/, (sign) => {
    if (sign === ">") return word;
    return sign === "<" ? word.toLowerCase() : word.charAt(0) + word.slice(1).toLowerCase();
  });
}

/** Identifiers that share a line of the packed form are names of one bot. */
function findAliases(owners: ReadonlyMap<string, readonly string[]>): Catalogue["aliases"] {
  const aliases = new Map<string, Set<string>>();
  for (const ids of owners.values()) {
    if (ids.length < 2) continue;
    for (const id of ids) {
      const others = aliases.get(id) ?? new Set();
      aliases.set(id, others);
      for (const other of ids) if (other !== id) others.add(other);
    }
  }
  return aliases;
}

function unpack(): Catalogue {
  const ids: string[] = [];
  const patterns: Pattern[] = [];
  const categories = new Map(categoryNames.map((name) => [`CATEGORY:${name}`, [] as string[]]));
  const categoriesOf = new Map<string, string[]>();
  const owners = new Map<string, string[]>();
  for (const block of packed.split("}")) {
    const [head = "", ...lines] = block.split("{");
    const [id = "", letters = ""] = head.split(" ");
    const names = Array.from(
      letters,
      (letter) => `CATEGORY:${categoryNames[letter.charCodeAt(0) - 65]}`,
    );
    const owner = ids.push(id) - 1;
    if (owner === 0) names.push("CATEGORY:UNKNOWN");
    categoriesOf.set(id, names);
    for (const name of names) categories.get(name)?.push(id);
    for (const packedLine of lines) {
      const line = complete(packedLine, id);
      owners.set(line, [...(owners.get(line) ?? []), id]);
      const [literal = "", rest = ""] = line.slice(1).split("\t");
      const matches = confirm(line.charAt(0), literal, rest);
      patterns.push({ literal: literal.toLowerCase(), owner, matches });
    }
  }
  return { ids, categories, categoriesOf, aliases: findAliases(owners), patterns };
}

/** The catalogue, unpacked on first use. */
export const catalogue: () => Catalogue = once(unpack);
