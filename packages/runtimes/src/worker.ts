// For workerd: answers with the decisions.
import { decideAll } from "./decide-all.ts";

export default {
  fetch: async (): Promise<Response> => Response.json(await decideAll()),
};
