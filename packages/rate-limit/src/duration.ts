/** The longest duration and the largest amount a limit may have: what the documented options allow. */
export const MAX_UINT32 = 4_294_967_295;

const SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;
const DURATION = /^(?:\d{1,10}[dhms]){1,16}$/;
const PART = /(\d+)([dhms])/g;

/**
 * Reads a duration in whole seconds, from 1 to 2^32 − 1: a number of seconds, or text made of
 * days, hours, minutes and seconds such as "1h30m", in any order and added up.
 *
 * @throws {RangeError} for anything else; the message names the option, the value and the remedy.
 * @example
 * parseDuration("1h30m", "interval"); // 5400
 * parseDuration(60, "window"); // 60
 */
export function parseDuration(value: unknown, name: string): number {
  const seconds = typeof value === "string" ? fromText(value) : value;
  if (typeof seconds === "number" && isAmount(seconds)) return seconds;
  throw new RangeError(
    `${name} is ${show(value)}: give whole seconds from 1 to ${MAX_UINT32}, as a number or as text such as "1h30m"`,
  );
}

/** Whether a value is an integer from 1 to 2^32 − 1: what a request may ask of a limit. */
export function isAmount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_UINT32;
}

function fromText(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(PART))
    seconds += Number(amount) * SECONDS[unit as keyof typeof SECONDS];
  return seconds;
}

/** Longest piece of a wrong option that an error message repeats. */
const MAX_SHOWN = 60;

/** A wrong option as an error message shows it: short, and with its type visible. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, MAX_SHOWN));
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a symbol";
  if (typeof value === "bigint") return `${value}n`.slice(0, MAX_SHOWN);
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? "an array" : "an object";
  return String(value);
}
