// Values that are themselves structured: the parts are inspected, not the punctuation around them.
import { decodeLayer, type PlusSign } from "./decode.ts";
import { MAX_DEPTH, MAX_LEAVES, MAX_NODES } from "./limits.ts";
import type { Located } from "./located.ts";

/** One key or leaf of a parsed value, and the way to it. */
export interface Leaf {
  readonly inner: string;
  readonly text: string;
  readonly isKey: boolean;
}

/** The object or array a value spells as JSON; undefined when it spells none. */
export function parseJson(raw: string, plus: PlusSign, decoded: string): object | undefined {
  const first = decoded.charCodeAt(0);
  if (first !== 0x7b && first !== 0x5b) return undefined;
  return parseObject(decodeLayer(raw, plus)) ?? parseObject(decoded);
}

// An exception costs more than all the rest: what cannot be JSON is not parsed.
const jsonStart = /^\s{0,16}(?:\{\s{0,16}["}]|\[\s{0,16}[[{"\d\-tfn\]])/;

function parseObject(text: string): object | undefined {
  if (!jsonStart.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether parsing found more than is kept of it. */
export interface Leaves {
  readonly list: readonly Leaf[];
  readonly truncated: boolean;
}

/**
 * Keys and leaves of a parsed value, at most MAX_LEAVES, MAX_NODES visited and MAX_DEPTH deep: of more,
 * the first and last half. Cyclic values end at the depth.
 */
export function leavesOf(value: unknown): Leaves {
  const head: Leaf[] = [];
  const tail: Leaf[] = [];
  const half = MAX_LEAVES / 2;
  let count = 0;
  const keep = (leaf: Leaf) => {
    if (count++ < half) head.push(leaf);
    else tail[(count - 1) % half] = leaf;
  };
  const state = { budget: MAX_NODES, deep: false };
  walk(value, "", 0, state, keep);
  const truncated = count > MAX_LEAVES || state.deep || state.budget < 0;
  return { list: count > half ? head.concat(tail.filter(Boolean)) : head, truncated };
}

function walk(
  value: unknown,
  inner: string,
  depth: number,
  state: { budget: number; deep: boolean },
  keep: (leaf: Leaf) => void,
): void {
  if (state.budget-- <= 0) return;
  if (typeof value === "string") keep({ inner, text: value, isKey: false });
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  if (depth >= MAX_DEPTH) {
    state.deep = true;
    return;
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      walk(value[index], `${inner}.${index}`, depth + 1, state, keep);
    return;
  }
  for (const key of Object.keys(value)) {
    const child: unknown = Reflect.get(value, key);
    keep({ inner: `${inner}.${key}`, text: operatorPair(key, child), isKey: true });
    walk(child, `${inner}.${key}`, depth + 1, state, keep);
  }
}

/** A key, with its value when that is short: `$ne` alone says little, `$ne=null` a lot. */
function operatorPair(key: string, child: unknown): string {
  if (!key.startsWith("$") || (typeof child === "object" && child !== null)) return key;
  return `${key}=${String(child).slice(0, 64)}`;
}

const absoluteUrl = /^\s{0,8}(?:https?:)?\/\//i;

/** The query of a value that is a URL; undefined when it is none, or has none. */
export function queryOfUrl(located: Located, decoded: string): string | undefined {
  if (!absoluteUrl.test(decoded)) return undefined;
  const text = located.plus === "plus" ? located.raw : decodeLayer(located.raw, "plus");
  const mark = text.indexOf("?");
  const end = text.indexOf("#", mark);
  return mark < 0 ? undefined : text.slice(mark + 1, end < 0 ? undefined : end);
}
