import { aj } from "./lib/server/arcjet.ts";

/** Every request is judged for attacks and bots before it reaches a route. */
export const handle = aj.middleware();
