import type { Finding } from "./finding.ts";
import { MAX_TEXT_LENGTH } from "./limits.ts";
import type { Exclusion } from "./options.ts";

/** Whether one of the exclusions covers this finding on this path. */
export function isExcluded(
  exclusions: readonly Exclusion[],
  path: string,
  finding: Pick<Finding, "detector" | "place" | "name">,
): boolean {
  return exclusions.some(
    (exclusion) =>
      (exclusion.detector === undefined || exclusion.detector === finding.detector) &&
      (exclusion.location === undefined || exclusion.location === finding.place) &&
      (exclusion.name === undefined || matches(exclusion.name, finding.name)) &&
      (exclusion.path === undefined || matchesPath(exclusion.path, path)),
  );
}

function matches(pattern: string, text: string): boolean {
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

// `/editor/../admin` begins with `/editor/` and reaches `/admin`: a beginning matches only paths in
// which nothing is left to resolve.
const unresolved = /\/\/|\/\.{1,2}(?:\/|$)|\\|%(?:2e|2f|5c|25)/i;

function matchesPath(pattern: string, path: string): boolean {
  if (!matches(pattern, path)) return false;
  return !pattern.endsWith("*") || (path.length <= MAX_TEXT_LENGTH && !unresolved.test(path));
}

/** Code units of a path in a suggestion. */
const LONGEST_PATH = 512;

/** The narrowest exclusion that covers all findings that scored; undefined when there are none. */
export function suggestExclusion(
  path: string,
  findings: readonly Finding[],
): Exclusion | undefined {
  const scored = findings.filter((finding) => !finding.logged);
  const [first] = scored;
  if (!first) return undefined;
  const same = (key: "detector" | "place" | "name") =>
    scored.every((finding) => finding[key] === first[key]);
  return {
    path: path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}*` : path,
    ...(same("place") && { location: first.place }),
    ...(same("place") && same("name") && first.name !== "" && { name: first.name }),
    ...(same("detector") && { detector: first.detector }),
  };
}
