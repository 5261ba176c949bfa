import { defineEventHandler } from "h3";
import { middleware } from "../../suite.ts";

export default defineEventHandler(middleware);
