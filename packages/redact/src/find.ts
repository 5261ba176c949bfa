// The scanner, the application's own detector and a model behind one call. The text stays in the
// process: nothing here logs, stores or sends it, and errors never quote it.
import { scan } from "./scan.ts";
import { type BuiltInType, DEFAULT_TYPES, isBuiltInType, mergeSpans, type Span } from "./span.ts";
import { type Detect, detectTokens, MAX_CONTEXT_WINDOW } from "./tokens.ts";

/** A model or service that finds what a scanner cannot, such as names; its failure is the caller's error. */
export interface SensitiveInfoBackend {
  detect(text: string): readonly Span[] | Promise<readonly Span[]>;
}

export interface FinderOptions {
  /** Types to find. Default: e-mail addresses, phone numbers, IP addresses and card numbers. */
  readonly types?: readonly string[];
  /** Whether types that `detect` or `backend` name beyond `types` are found too. Default false. */
  readonly otherTypes?: boolean;
  /** Judges words that the built-in types do not cover; its types win where both apply. */
  readonly detect?: Detect;
  /** Words shown to `detect` at once, from 1 to 100. Default 1. */
  readonly contextWindowSize?: number;
  /** Finds types beyond the scanner's; its spans fill what the others leave. */
  readonly backend?: SensitiveInfoBackend;
}

/** Finds sensitive information; synchronous unless a backend answers with a promise. */
export type Finder = (text: string) => readonly Span[] | Promise<readonly Span[]>;

/** Spans of one answer of a backend that are used. */
const MAX_BACKEND_SPANS = 100_000;

/**
 * Builds a function that finds sensitive information in a text, without overlaps and in order.
 *
 * @example
 * const find = createFinder({ types: ["EMAIL", "IBAN"] });
 * find("Write to ada@example.com"); // [{ start: 9, end: 24, identifiedType: "EMAIL" }]
 */
export function createFinder(options: FinderOptions = {}): Finder {
  const {
    types = DEFAULT_TYPES,
    detect,
    contextWindowSize = 1,
    backend,
    otherTypes = false,
  } = options;
  checkWindow(contextWindowSize);
  checkTypes(types, detect !== undefined || backend !== undefined);
  const wanted = new Set(types);
  const builtIn = new Set<BuiltInType>(types.filter(isBuiltInType));
  const select = (spans: readonly Span[]): readonly Span[] =>
    spans.filter(
      ({ identifiedType }) =>
        wanted.has(identifiedType) || (otherTypes && !isBuiltInType(identifiedType)),
    );
  if (!detect && !backend) return (text) => scan(text, builtIn);
  return (text) => {
    const own = detect ? detectTokens(text, detect, contextWindowSize) : [];
    const scanned: readonly Span[] = scan(text, builtIn);
    const found = backend?.detect(text);
    if (found instanceof Promise)
      return found.then((spans) => select(mergeSpans(own, scanned, usable(spans, text))));
    return select(mergeSpans(own, scanned, usable(found ?? [], text)));
  };
}

/** The spans of a foreign answer that lie inside the text. */
function usable(spans: readonly Span[], text: string): readonly Span[] {
  return spans
    .slice(0, MAX_BACKEND_SPANS)
    .filter(
      ({ start, end, identifiedType }) =>
        Number.isInteger(start) &&
        Number.isInteger(end) &&
        start >= 0 &&
        start < end &&
        end <= text.length &&
        typeof identifiedType === "string",
    );
}

function checkWindow(size: number): void {
  if (!Number.isInteger(size) || size < 1 || size > MAX_CONTEXT_WINDOW)
    throw new TypeError(
      `redact options error: \`contextWindowSize\` is ${size}, expected an integer from 1 to ${MAX_CONTEXT_WINDOW}`,
    );
}

function checkTypes(types: readonly string[], hasDetector: boolean): void {
  const unknown = types.find((type) => !isBuiltInType(type));
  if (unknown !== undefined && !hasDetector)
    throw new TypeError(
      `redact options error: \`types\` contains ${JSON.stringify(unknown)}, which nothing finds; give \`detect\` or \`backend\`, or use a built-in type`,
    );
}
