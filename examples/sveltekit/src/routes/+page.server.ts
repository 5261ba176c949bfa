import type { ServerLoadEvent } from "@sveltejs/kit";

export const load = ({ locals }: ServerLoadEvent) => ({ decision: JSON.stringify(locals.arcjet) });
