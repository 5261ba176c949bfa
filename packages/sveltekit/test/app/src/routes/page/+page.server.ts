import type { ServerLoad } from "@sveltejs/kit";
import "../../suite.ts";

export const load: ServerLoad = (event) => globalThis.arcjetSuite().load?.(event);
