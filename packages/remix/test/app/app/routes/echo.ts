import { route } from "../suite.ts";

export const action = route("echo");
