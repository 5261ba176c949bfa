// Properties of `protect()` that hold what a person typed. The types ask for them; a JavaScript caller
// or a cast can still leave one out, and that must show.
import type { Verdict } from "../rule.ts";

/** A property that is a string; undefined when it is anything else or absent. */
export function readString(props: unknown, name: string): string | undefined {
  if (typeof props !== "object" || props === null || !(name in props)) return undefined;
  // `in` has just found the name, so the object can be read by it.
  const value = (props as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : undefined;
}

/** The verdict of a rule that was not given what it judges. */
export function missingProperty(rule: string, name: string): Verdict {
  return {
    conclusion: "ERROR",
    reason: {
      type: "ERROR",
      message: `\`${rule}\` needs the property \`${name}\` as a string: pass it to \`protect(request, { ${name} })\``,
    },
  };
}

/**
 * The verdict when a function of the application failed on a text. Its message may quote the text, so
 * only the name of the error is passed on.
 */
export function foreignFailure(rule: string, what: string, cause: unknown): Verdict {
  const name = cause instanceof Error ? cause.name : typeof cause;
  return {
    conclusion: "ERROR",
    reason: { type: "ERROR", message: `\`${rule}\`: ${what} failed with ${name}` },
  };
}
