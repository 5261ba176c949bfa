/**
 * Checks of rule options. Every failure is a TypeError that names the rule, the option, the value and
 * what to write instead, so that a wrong option stops the program where it is written.
 */
import type { Mode } from "@arcjet/protocol";

/** An error about one option of one rule. */
export function optionError(
  owner: string,
  option: string,
  value: unknown,
  remedy: string,
): TypeError {
  return new TypeError(
    `\`${owner}\` options error: invalid value for \`${option}\` - got ${show(value)}, ${remedy}`,
  );
}

/** The options as an object, or an error when they are none. */
export function checkObject(owner: string, options: unknown): Readonly<Record<string, unknown>> {
  if (typeof options === "object" && options !== null && !Array.isArray(options))
    return { ...options };
  throw new TypeError(`\`${owner}\` options error: expected object, got ${show(options)}`);
}

/** Refuses options that do not exist, since a misspelt one would silently protect nothing. */
export function checkKnown(
  owner: string,
  options: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw new TypeError(
      `\`${owner}\` options error: unknown option \`${name}\` - known are ${known.join(", ")}`,
    );
  }
}

/** The mode; DRY_RUN when it is not given. */
export function checkMode(owner: string, value: unknown): Mode {
  if (value === undefined) return "DRY_RUN";
  if (value === "LIVE" || value === "DRY_RUN") return value;
  throw new TypeError(
    `\`${owner}\` options error: invalid value for \`mode\` - expected one of 'LIVE', 'DRY_RUN', got ${show(value)}`,
  );
}

/** One of a set of words. */
export function checkChoice<const T extends string>(
  owner: string,
  option: string,
  value: unknown,
  choices: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  const choice = choices.find((word) => word === value);
  if (choice !== undefined) return choice;
  throw optionError(
    owner,
    option,
    value,
    `expected one of ${choices.map((word) => `'${word}'`).join(", ")}`,
  );
}

/** A boolean option. */
export function checkBoolean(
  owner: string,
  option: string,
  value: unknown,
  fallback: boolean,
): boolean {
  if (value === undefined) return fallback;
  if (typeof value === "boolean") return value;
  throw optionError(owner, option, value, "expected true or false");
}

/** An integer from `min` to `max`; without a fallback the option is required. */
export function checkInteger(
  owner: string,
  option: string,
  value: unknown,
  min: number,
  max: number,
  fallback?: number,
): number {
  if (value === undefined && fallback !== undefined) return fallback;
  if (value === undefined)
    throw new TypeError(`\`${owner}\` options error: \`${option}\` is required`);
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max)
    return value;
  throw optionError(owner, option, value, `expected an integer from ${min} to ${max}`);
}

/** A list of strings; absent stays absent. */
export function checkStrings(
  owner: string,
  option: string,
  value: unknown,
): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value))
    throw optionError(owner, option, value, "expected an array of strings");
  const wrong: unknown = value.find((item) => typeof item !== "string");
  if (wrong !== undefined) throw optionError(owner, option, wrong, "expected an array of strings");
  return Object.freeze([...value]);
}

/** Requires exactly one of `allow` and `deny`. */
export function checkAllowOrDeny(
  owner: string,
  options: Readonly<Record<string, unknown>>,
): "allow" | "deny" {
  const { allow, deny } = options;
  if (allow !== undefined && deny !== undefined)
    throw new TypeError(
      `\`${owner}\` options error: \`allow\` and \`deny\` cannot be provided together; keep the one that says what you mean`,
    );
  if (allow === undefined && deny === undefined)
    throw new TypeError(
      `\`${owner}\` options error: either \`allow\` or \`deny\` must be specified`,
    );
  return allow === undefined ? "deny" : "allow";
}

const MAX_SHOWN = 60;

function show(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "number")
    return String(value);
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = Object.prototype.toString.call(value);
  }
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
