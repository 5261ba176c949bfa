import { route } from "../suite.ts";

export const GET = route("hello");
