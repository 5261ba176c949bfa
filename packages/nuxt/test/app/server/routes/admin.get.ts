import { defineEventHandler } from "h3";
import { route } from "../../suite.ts";

export default defineEventHandler(route("admin"));
