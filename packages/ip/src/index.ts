export type { IpFacts } from "./facts.ts";
