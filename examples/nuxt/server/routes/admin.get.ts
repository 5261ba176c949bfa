import { defineEventHandler } from "h3";

export default defineEventHandler(() => ({ message: "nobody gets here" }));
