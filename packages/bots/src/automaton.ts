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

interface Trie {
  readonly next: Uint16Array;
  readonly lists: number[][];
}

function buildTrie(literals: readonly string[], columns: Uint8Array): Trie {
  const bound = literals.reduce((sum, literal) => sum + literal.length, 1);
  const next = new Uint16Array(Math.min(bound, MAX_STATES) << COLUMNS_LOG2);
  const lists: number[][] = [[]];
  literals.forEach((literal, ordinal) => {
    let state = 0;
    for (let at = 0; at < literal.length; at++) {
      const cell = (state << COLUMNS_LOG2) | columns[literal.charCodeAt(at)]!;
      if (next[cell] === 0) {
        if (lists.length === MAX_STATES) throw new RangeError("Too many states.");
        next[cell] = lists.length;
        lists.push([]);
      }
      state = next[cell]!;
    }
    lists[state]!.push(ordinal);
  });
  return { next: next.slice(0, lists.length << COLUMNS_LOG2), lists };
}

/** Fills the missing transitions with those of the longest suffix, breadth first. */
function link({ next, lists }: Trie): void {
  const width = 1 << COLUMNS_LOG2;
  const suffix = new Uint16Array(lists.length);
  const queue = new Uint16Array(lists.length);
  let tail = 0;
  for (let column = 0; column < width; column++) if (next[column]) queue[tail++] = next[column]!;
  for (let head = 0; head < tail; head++) {
    const state = queue[head]!;
    const row = state << COLUMNS_LOG2;
    const fallback = suffix[state]! << COLUMNS_LOG2;
    if (lists[suffix[state]!]!.length > 0) lists[state]!.push(...lists[suffix[state]!]!);
    for (let column = 0; column < width; column++) {
      const target = next[row | column]!;
      if (target === 0) {
        next[row | column] = next[fallback | column]!;
      } else {
        suffix[target] = next[fallback | column]!;
        queue[tail++] = target;
      }
    }
  }
}

/** Builds the automaton for these literals, which must be ASCII and in lower case. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  const columns = assignColumns(literals);
  const trie = buildTrie(literals, columns);
  link(trie);
  const ends = new Uint16Array(trie.lists.length);
  const endings: number[][] = [[]];
  trie.lists.forEach((list, state) => {
    if (list.length > 0) ends[state] = endings.push(list) - 1;
  });
  return { columns, next: trie.next, ends, endings };
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
