import { createConnectTransport } from "@connectrpc/connect-web";
import type { RemoteDecider } from "../remote.ts";
import { authorize } from "./authorize.ts";
import { createDecider } from "./decider.ts";
import { checkOptions, type RemoteOptions } from "./options.ts";

/** Options of `remote()` where there is `fetch`. */
export interface FetchRemoteOptions extends RemoteOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Asks a Decide server over `fetch`, in any runtime.
 *
 * @throws TypeError when an option is wrong.
 * @example
 * const aj = arcjet({ client: remote({ baseUrl: "https://decide.example.com", key }), rules });
 */
export function remote(options: FetchRemoteOptions): RemoteDecider {
  const { baseUrl, key, timeoutMs } = checkOptions(options);
  const transport = createConnectTransport({
    baseUrl,
    useBinaryFormat: true,
    interceptors: [authorize(key)],
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
  });
  return createDecider({ transport, timeoutMs });
}
