import type { ArcjetOptions } from "./arcjet-options.ts";
import type { CharacteristicProps } from "./characteristics.ts";
import { createClient, type Client } from "./client.ts";
import type { RequestParts } from "./normalize.ts";
import type { PropsOf, RuleInput } from "./rule-list.ts";

/**
 * A client without a framework: it takes the raw facts of a request.
 *
 * @throws TypeError when an option or a rule is wrong; the message names it and the remedy.
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * const decision = await aj.protect({ method, target, headers, peer });
 */
export default function arcjet<
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(options: ArcjetOptions<Rules, C>): Client<RequestParts, PropsOf<Rules> & CharacteristicProps<C>> {
  return createClient(options, { read: (request) => request });
}
