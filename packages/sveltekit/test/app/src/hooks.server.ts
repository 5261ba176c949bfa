import type { Handle } from "@sveltejs/kit/hooks";
import "./suite.ts";

export const handle: Handle = (input) => globalThis.arcjetSuite().handle(input);
