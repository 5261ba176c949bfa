import { route } from "../suite.ts";

export const loader = route("admin");
