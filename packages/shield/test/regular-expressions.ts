// The regular expressions of the sources, and what makes one take more than linear time.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** One regular expression literal and the file it stands in. */
export interface Literal {
  readonly file: string;
  readonly source: string;
}

const literal =
  /(?<=^|[=(,:[!&|?;{}]|return)\s*\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/[dgimsuvy]*/gm;
const commentLine = /^\s*(?:\/\/|\*|\/\*).*$/gm;

/** Every regular expression literal under a folder, tests left out. */
export function literalsUnder(folder: string): readonly Literal[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.(?:test|test-d|soak|bench)\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8").replace(commentLine, "");
      return [...text.matchAll(literal)].map((match) => ({ file, source: match[1]! }));
    });
}

/**
 * Why an expression may take more than linear time; undefined when it may not. Repetition without an
 * end must not contain repetition, and needs an anchor at its beginning, so that it is not tried again
 * from every place; a look behind or a reference back is not linear in any engine.
 */
export function reasonNotLinear(source: string): string | undefined {
  const bare = source.replace(/\\[\s\S]/g, "a").replace(/\[[^\]]*\]/g, "a");
  if (/\\[1-9]|\\k</.test(source)) return "refers back";
  if (/\(\?<[=!]/.test(bare)) return "looks behind";
  const groups: boolean[] = [];
  let closed = false;
  for (let at = 0; at < bare.length; at++) {
    const character = bare[at];
    if (character === "(") groups.push(false);
    const isGroup = character === ")";
    if (isGroup) closed = groups.pop() ?? false;
    const repeat = /^(?:[*+]|\{\d+,\})/.exec(bare.slice(at + 1))?.[0];
    const repeats = repeat !== undefined && character !== "(" && character !== "|";
    if (repeats && isGroup && closed) return "repeats a repetition without end";
    if ((repeats || (isGroup && closed)) && groups.length > 0) groups[groups.length - 1] = true;
  }
  const unbounded = /[^(|][*+]|\{\d+,\}/.test(bare);
  return unbounded && !source.startsWith("^")
    ? "repeats without end, and is not anchored"
    : undefined;
}

/** The sources of every expression that is put together while something runs. */
export async function builtWhile(run: () => Promise<unknown>): Promise<readonly string[]> {
  const sources: string[] = [];
  const Original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Original, {
    construct(target, given: [string | RegExp, string?]) {
      sources.push(String(given[0]));
      return new target(...given);
    },
  });
  try {
    await run();
  } finally {
    globalThis.RegExp = Original;
  }
  return sources;
}
