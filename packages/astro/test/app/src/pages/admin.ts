import { route } from "../suite.ts";

export const GET = route("admin");
