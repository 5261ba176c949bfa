/** LIVE decides; DRY_RUN is evaluated and reported, and never changes the conclusion. */
export type Mode = "LIVE" | "DRY_RUN";

/** CHALLENGE is part of the documented set and never produced here. */
export type Conclusion = "ALLOW" | "DENY" | "CHALLENGE" | "ERROR";

/** How a rule came to its result. */
export type RuleState = "RUN" | "NOT_RUN" | "DRY_RUN" | "CACHED";
