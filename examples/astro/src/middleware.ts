import { aj } from "./arcjet.ts";

/** Every request is judged for attacks and bots before it reaches a page. */
export const onRequest = aj.middleware();
