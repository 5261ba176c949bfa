/** Kinds of traffic whose own grammar looks like an attack, named so that an application can expect them. */
export const profileNames = ["odata", "graphql", "rich-text", "code-search"] as const;

/** A kind of traffic the application expects. */
export type Profile = (typeof profileNames)[number];
