import type { ArcjetOptions } from "./arcjet-options.ts";
import type { RuleInput } from "./rule-list.ts";

/**
 * The options of a client in a file of their own, `arcjet.config.ts`: the application imports it, and the
 * command `arcjet` checks it and replays logs with it. Gives the options back with the types of the rules;
 * `arcjet()` checks them.
 *
 * @example
 * // arcjet.config.ts
 * export default defineConfig({ rules: [shield({ mode: "LIVE" })], proxies: ["10.0.0.0/8"] });
 *
 * // app.ts
 * const aj = arcjet(config);
 */
export function defineConfig<
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(options: ArcjetOptions<Rules, C>): ArcjetOptions<Rules, C> {
  return options;
}
