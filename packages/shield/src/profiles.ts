// Kinds of traffic whose own grammar looks like an attack to some detectors. A profile names the
// detectors, and only where that grammar stands: the rest of the request is inspected as ever.
import type { DetectorName } from "./detectors/names.ts";
import type { Place } from "./finding.ts";

/** Kinds of traffic an application can say it expects. */
export const profileNames = ["odata", "graphql", "rich-text", "code-search"] as const;

/** A kind of traffic the application expects. */
export type Profile = (typeof profileNames)[number];

interface Expectation {
  readonly places: readonly Place[];
  /** Names of the parameters or fields the grammar stands in; absent means all. */
  readonly names?: RegExp;
  readonly detectors: readonly DetectorName[];
}

const code = ["shell", "php", "java", "node", "script", "template", "xxe", "jndi"] as const;

const expectations: Readonly<Record<Profile, Expectation>> = {
  odata: {
    places: ["query"],
    names: /^\$(?:filter|orderby|select|expand|search|apply|compute|skiptoken|deltatoken)$/,
    detectors: ["sql-injection", "ldap", "nosql", "shell", "template"],
  },
  graphql: {
    places: ["query", "body"],
    names: /^(?:query|mutation|extensions)(?:\.|$)/,
    detectors: ["sql-injection", "shell", "template", "ldap", "nosql", "node", "php"],
  },
  "rich-text": {
    places: ["body"],
    detectors: ["shell", "template", "mail-injection", "header-injection"],
  },
  "code-search": {
    places: ["query", "body"],
    names: /^(?:q|query|search|s|term|text|keywords?|code|snippet|pattern)$/,
    detectors: ["sql-injection", "xss", "path-traversal", "ldap", "nosql", ...code],
  },
};

/** Whether a finding is what one of the profiles expects there. */
export function isExpected(
  profiles: ReadonlySet<Profile>,
  { detector, place, name }: { detector: DetectorName; place: Place; name: string },
): boolean {
  for (const profile of profiles) {
    const { places, names, detectors } = expectations[profile];
    if (detectors.includes(detector) && places.includes(place) && (names?.test(name) ?? true))
      return true;
  }
  return false;
}
