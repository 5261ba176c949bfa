import { route } from "../suite.ts";

export const POST = route("echo");
