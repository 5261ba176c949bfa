// Finds every one of many literals in a text in one pass (Aho and Corasick, 1975). Letters are folded
// to one case, and characters no literal contains share one column, so that the table stays small: a
// row of 64 columns of two bytes for each state.

const COLUMNS_LOG2 = 6;
const MAX_STATES = 65_536;

/** The table of transitions and, for each state, the literals that end there. */
export interface Automaton {
  /** Column of each of the 128 ASCII characters; 0 for all others. */
  readonly columns: Uint8Array;
  readonly next: Uint16Array;
  /** State to ordinal of its list in `endings`; 0 for none. */
  readonly ends: Uint16Array;
  readonly endings: readonly (readonly number[])[];
}

function assignColumns(literals: readonly string[]): Uint8Array {
  const columns = new Uint8Array(128);
  let count = 0;
  for (const literal of literals) {
    for (const char of literal) {
      const code = char.charCodeAt(0);
      if (code > 127) throw new RangeError(`A literal must be ASCII: ${literal}`);
      if (columns[code] === 0) columns[code] = ++count;
    }
  }
  if (count >= 1 << COLUMNS_LOG2) throw new RangeError("Too many distinct characters.");
  for (let code = 97; code <= 122; code++) columns[code - 32] = columns[code]!;
  return columns;
}

/** A trie whose states know their first child and their next sibling: most have one child of 64. */
interface Trie {
  readonly size: number;
  readonly child: Uint16Array;
  readonly sibling: Uint16Array;
  /** Column of the character that leads to a state. */
  readonly column: Uint8Array;
  /** Literals that end in a state. */
  readonly ending: Map<number, readonly number[]>;
}

function buildTrie(literals: readonly string[], columns: Uint8Array): Trie {
  const bound = literals.reduce((sum, literal) => sum + literal.length, 1);
  const child = new Uint16Array(Math.min(bound, MAX_STATES));
  const sibling = new Uint16Array(child.length);
  const column = new Uint8Array(child.length);
  const ending = new Map<number, readonly number[]>();
  let size = 1;
  literals.forEach((literal, ordinal) => {
    let state = 0;
    for (let at = 0; at < literal.length; at++) {
      const wanted = columns[literal.charCodeAt(at)]!;
      let to = child[state]!;
      while (to !== 0 && column[to] !== wanted) to = sibling[to]!;
      if (to === 0) {
        if (size === MAX_STATES) throw new RangeError("Too many states.");
        to = size++;
        column[to] = wanted;
        sibling[to] = child[state]!;
        child[state] = to;
      }
      state = to;
    }
    ending.set(state, [...(ending.get(state) ?? []), ordinal]);
  });
  return { size, child, sibling, column, ending };
}

/**
 * The dense table: breadth first, the row of a state is the row of its longest suffix with its own
 * children put in. The literals that end in the suffix end in the state as well.
 */
function flatten({ size, child, sibling, column, ending }: Trie): Uint16Array {
  const width = 1 << COLUMNS_LOG2;
  const next = new Uint16Array(size << COLUMNS_LOG2);
  const suffix = new Uint16Array(size);
  const queue = new Uint16Array(size);
  for (let head = 0, tail = 1; head < tail; head++) {
    const state = queue[head]!;
    const row = state << COLUMNS_LOG2;
    const shorter = suffix[state]!;
    const from = shorter << COLUMNS_LOG2;
    if (state !== 0) {
      next.copyWithin(row, from, from + width);
      const inherited = ending.get(shorter);
      if (inherited) ending.set(state, [...(ending.get(state) ?? []), ...inherited]);
    }
    for (let to = child[state]!; to !== 0; to = sibling[to]!) {
      suffix[to] = state === 0 ? 0 : next[from | column[to]!]!;
      next[row | column[to]!] = to;
      queue[tail++] = to;
    }
  }
  return next;
}

/** Builds the automaton for these literals, which must be ASCII and in lower case. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  const columns = assignColumns(literals);
  const trie = buildTrie(literals, columns);
  const next = flatten(trie);
  const ends = new Uint16Array(trie.size);
  const endings: (readonly number[])[] = [[]];
  for (const [state, list] of trie.ending) ends[state] = endings.push(list) - 1;
  return { columns, next, ends, endings };
}

const NOTHING: readonly number[] = [];

/** Ordinals of the literals that occur in the first `length` characters of the text, in any case. */
export function scan(automaton: Automaton, text: string, length: number): readonly number[] {
  const { columns, next, ends, endings } = automaton;
  let found: Set<number> | undefined;
  let state = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    state = next[(state << COLUMNS_LOG2) | (code < 128 ? columns[code]! : 0)]!;
    if (ends[state] === 0) continue;
    found ??= new Set();
    for (const ordinal of endings[ends[state]!]!) found.add(ordinal);
  }
  return found ? [...found] : NOTHING;
}
