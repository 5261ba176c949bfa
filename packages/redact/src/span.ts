/** Types that are looked for unless others are asked for. */
export const DEFAULT_TYPES = ["EMAIL", "PHONE_NUMBER", "IP_ADDRESS", "CREDIT_CARD_NUMBER"] as const;
/** Types that are looked for only when they are named. */
export const OPT_IN_TYPES = ["IBAN", "US_SSN", "API_KEY"] as const;

export type BuiltInType = (typeof DEFAULT_TYPES)[number] | (typeof OPT_IN_TYPES)[number];

/** A piece of sensitive text: offsets in UTF-16 code units, end exclusive. */
export interface Span<Type extends string = string> {
  readonly start: number;
  readonly end: number;
  readonly identifiedType: Type;
}

/** Whether a word is one of the built-in types. */
export function isBuiltInType(word: string): word is BuiltInType {
  return [...DEFAULT_TYPES, ...OPT_IN_TYPES].some((type) => type === word);
}

/**
 * Joins lists of spans into one without overlaps, in the order of the text. An earlier list wins over
 * a later one, and within a list the span that starts first.
 */
export function mergeSpans<T extends string>(
  ...lists: readonly (readonly Span<T>[])[]
): readonly Span<T>[] {
  const [first = [], ...rest] = lists.filter((list) => list.length > 0);
  return rest.reduce((kept, list) => fillGaps(kept, inOrder(list)), fillGaps([], inOrder(first)));
}

function inOrder<T extends string>(spans: readonly Span<T>[]): readonly Span<T>[] {
  return [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Both lists are in order and `kept` has no overlaps; one walk over the two. */
function fillGaps<T extends string>(
  kept: readonly Span<T>[],
  added: readonly Span<T>[],
): readonly Span<T>[] {
  const result: Span<T>[] = [];
  let next = 0;
  let end = 0;
  for (const span of added) {
    while (next < kept.length && kept[next]!.start <= span.start)
      end = pushSpan(result, kept[next++]!);
    const following = kept[next];
    if (span.start < end || (following && following.start < span.end)) continue;
    end = pushSpan(result, span);
  }
  result.push(...kept.slice(next));
  return result;
}

function pushSpan<T extends string>(spans: Span<T>[], span: Span<T>): number {
  spans.push(span);
  return span.end;
}
