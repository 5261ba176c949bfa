// Replaces sensitive text by placeholders and can put it back, for texts that go to a model and return.
import { createFinder, type Finder, type SensitiveInfoBackend } from "./find.ts";
import { type BuiltInType, DEFAULT_TYPES, isBuiltInType, type Span } from "./span.ts";
import type { Detect } from "./tokens.ts";

type Kebab<Word extends string> = Word extends `${infer A}_${infer B}`
  ? `${Lowercase<A>}-${Kebab<B>}`
  : Lowercase<Word>;

/** Built-in types as `redact()` names them: `email`, `phone-number`, `ip-address`, `credit-card-number` … */
export type RedactEntity = Kebab<BuiltInType>;

export interface RedactOptions {
  /** Entities to replace, in lower case with hyphens. Default: the four that are found by default. */
  readonly entities?: readonly (RedactEntity | (string & {}))[];
  /** Names the entity of each word, or undefined. */
  readonly detect?: Detect;
  /** Words shown to `detect` at once, from 1 to 100. Default 1. */
  readonly contextWindowSize?: number;
  /** The text to put in place of an entity; undefined for the default placeholder. */
  readonly replace?: (entity: string, plaintext: string) => string | undefined;
}

export interface RedactAsyncOptions extends RedactOptions {
  /** Finds entities beyond the scanner's, named in lower case with hyphens. */
  readonly backend?: SensitiveInfoBackend;
}

/** Puts the original text back wherever a placeholder stands. */
export type Unredact = (text: string) => string;

/**
 * Replaces sensitive information by placeholders such as `<Redacted email #0>`. The same text gets the
 * same placeholder.
 *
 * @example
 * const [redacted, unredact] = await redact("Write to ada@example.com", { entities: ["email"] });
 * // redacted: "Write to <Redacted email #0>"; unredact(redacted) is the original
 */
export async function redact(
  text: string,
  options: RedactAsyncOptions = {},
): Promise<[redacted: string, unredact: Unredact]> {
  return replaceSpans(text, await createEntityFinder(options)(text), options.replace);
}

/**
 * `redact()` without a promise, for log lines; it takes no backend.
 *
 * @example
 * const [line] = redactSync("login from 192.0.2.7"); // "login from <Redacted ip-address #0>"
 */
export function redactSync(
  text: string,
  options: RedactOptions = {},
): [redacted: string, unredact: Unredact] {
  const { entities, detect, contextWindowSize, replace } = options;
  const find = createEntityFinder({
    ...(entities && { entities }),
    ...(detect && { detect }),
    ...(contextWindowSize !== undefined && { contextWindowSize }),
  });
  const spans = find(text);
  // Without a backend a finder answers at once.
  return replaceSpans(text, spans instanceof Promise ? [] : spans, replace);
}

function createEntityFinder(options: RedactAsyncOptions): Finder {
  const { entities, detect, contextWindowSize, backend } = options;
  const types = entities?.map(toType) ?? DEFAULT_TYPES;
  return createFinder({
    types,
    ...(detect && { detect: (tokens) => detect(tokens).map((entity) => entity && toType(entity)) }),
    ...(contextWindowSize !== undefined && { contextWindowSize }),
    ...(backend && { backend: withTypes(backend) }),
  });
}

function withTypes(backend: SensitiveInfoBackend): SensitiveInfoBackend {
  const rename = (spans: readonly Span[]): readonly Span[] =>
    spans.map((span) => ({ ...span, identifiedType: toType(span.identifiedType) }));
  return {
    detect: (text) => {
      const found = backend.detect(text);
      return found instanceof Promise ? found.then(rename) : rename(found);
    },
  };
}

/** `phone-number` is PHONE_NUMBER; the application's own names stay as they are. */
function toType(entity: string): string {
  const type = entity.toUpperCase().replaceAll("-", "_");
  return isBuiltInType(type) ? type : entity;
}

function toEntity(type: string): string {
  return isBuiltInType(type) ? type.toLowerCase().replaceAll("_", "-") : type;
}

function replaceSpans(
  text: string,
  spans: readonly Span[],
  replace: RedactOptions["replace"],
): [string, Unredact] {
  const placeholders = new Map<string, string>();
  const originals = new Map<string, string>();
  const ending = freshEnding(text);
  let redacted = "";
  let end = 0;
  for (const span of spans) {
    const original = text.slice(span.start, span.end);
    const entity = toEntity(span.identifiedType);
    const key = `${entity} ${original}`;
    const placeholder =
      placeholders.get(key) ??
      replace?.(entity, original) ??
      `${START}${entity} #${placeholders.size}${ending}`;
    placeholders.set(key, placeholder);
    // A placeholder of two texts cannot be put back, and stays.
    const known = originals.get(placeholder) ?? original;
    originals.set(placeholder, known === original ? original : placeholder);
    redacted += text.slice(end, span.start) + placeholder;
    end = span.end;
  }
  redacted += text.slice(end);
  return [redacted, (reply) => restore(reply, originals)];
}

/**
 * What every placeholder of one text ends in, so that the text does not contain any of them already:
 * nothing where it has none of that form, else a number that none in it ends in.
 */
function freshEnding(text: string): string {
  if (!text.includes(START)) return ">";
  const taken = new Set(Array.from(text.matchAll(ENDING), ([, number]) => number));
  let number = 1;
  while (taken.has(String(number))) number++;
  return `-${number}>`;
}

const START = "<Redacted ";
const ENDING = /-(\d{1,9})>/g;

/** Replaces every placeholder in one pass, the longest first where one begins another. */
function restore(reply: string, originals: ReadonlyMap<string, string>): string {
  const placeholders = [...originals.keys()].filter((word) => word !== "");
  if (placeholders.length === 0) return reply;
  placeholders.sort((a, b) => b.length - a.length);
  const escaped = placeholders.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return reply.replace(new RegExp(escaped.join("|"), "g"), (word) => originals.get(word) ?? word);
}
