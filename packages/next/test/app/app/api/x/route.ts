import { route } from "../../../suite";

export const dynamic = "force-dynamic";
export const GET = route("api");
