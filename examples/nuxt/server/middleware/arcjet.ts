import { defineEventHandler } from "h3";
import { aj } from "../utils/arcjet.ts";

/** Every request is judged for attacks and bots before it reaches a page or a route. */
export default defineEventHandler(aj.middleware());
