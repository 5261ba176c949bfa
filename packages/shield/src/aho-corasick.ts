// Finds which of many keywords occur in a text in one pass, whatever their number: an Aho-Corasick
// automaton with its failure links resolved into a table of next states. Characters are first mapped
// to the few classes the keywords tell apart, so that the table stays small.

/** Answers which groups of keywords occur in a text, as a bit mask. */
export interface Automaton {
  /** The union of the masks of all keywords in the text, ASCII letters in either case. */
  scan(text: string): number;
}

/** Builds an automaton; keywords are lower-case ASCII, each with the mask of what it speaks for. */
export function buildAutomaton(keywords: ReadonlyMap<string, number>): Automaton {
  const { classes, count } = classesOf(keywords.keys());
  const trie = buildTrie(keywords, classes, count);
  const next = Uint16Array.from(trie.next);
  const masks = Int32Array.from(trie.masks);
  return {
    scan(text) {
      let state = 0;
      let mask = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        state = next[state * count + (code < 128 ? classes[code]! : 0)]!;
        mask |= masks[state]!;
      }
      return mask;
    },
  };
}

/** Class 0 is every character that no keyword has. */
function classesOf(keywords: Iterable<string>): { classes: Uint8Array; count: number } {
  const classes = new Uint8Array(128);
  let count = 1;
  for (const keyword of keywords)
    for (let at = 0; at < keyword.length; at++) {
      const code = keyword.charCodeAt(at);
      if (classes[code]) continue;
      classes[code] = count;
      if (code >= 0x61 && code <= 0x7a) classes[code - 32] = count;
      count++;
    }
  return { classes, count };
}

interface Trie {
  next: number[];
  masks: number[];
}

function buildTrie(
  keywords: ReadonlyMap<string, number>,
  classes: Uint8Array,
  count: number,
): Trie {
  const next = Array.from({ length: count }, () => 0);
  const masks = [0];
  for (const [keyword, mask] of keywords) {
    let state = 0;
    for (let at = 0; at < keyword.length; at++) {
      const slot = state * count + classes[keyword.charCodeAt(at)]!;
      if (next[slot] === 0) {
        next[slot] = masks.length;
        masks.push(0);
        for (let index = 0; index < count; index++) next.push(0);
      }
      state = next[slot]!;
    }
    masks[state]! |= mask;
  }
  linkFailures({ next, masks }, count);
  return { next, masks };
}

/** Breadth first: a missing edge becomes the edge of the longest suffix that is also a prefix. */
function linkFailures({ next, masks }: Trie, count: number): void {
  const failure = masks.map(() => 0);
  const queue: number[] = next.slice(0, count).filter((state) => state !== 0);
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head]!;
    const fallback = failure[state]!;
    masks[state]! |= masks[fallback]!;
    for (let index = 0; index < count; index++) {
      const slot = state * count + index;
      const child = next[slot]!;
      const other = next[fallback * count + index]!;
      if (child === 0) next[slot] = other;
      else {
        failure[child] = other;
        queue.push(child);
      }
    }
  }
}
