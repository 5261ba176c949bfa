import { route } from "../../suite";

export const POST = route("echo");
