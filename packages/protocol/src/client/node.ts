import { Code } from "@connectrpc/connect";
import { createConnectTransport, Http2SessionManager } from "@connectrpc/connect-node";
import type { RemoteDecider } from "../remote.ts";
import { authorize } from "./authorize.ts";
import { createDecider } from "./decider.ts";
import { checkOptions, type RemoteOptions } from "./options.ts";

/** Options of `remote()` in Node. */
export interface NodeRemoteOptions extends RemoteOptions {
  /** "1.1" where a proxy on the way knows no HTTP/2. Default: "2", with prior knowledge on `http:`. */
  readonly httpVersion?: "1.1" | "2";
}

/** Questions in a row without an answer in time after which the connection is given up. */
export const MAX_SILENCE = 3;
/** Milliseconds of silence after which the connection is asked whether it is alive. */
const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 2_000;
const IDLE_TIMEOUT_MS = 300_000;

/**
 * Asks a Decide server over one HTTP/2 connection, which is made with the first question, checked with
 * pings and replaced when it is dead.
 *
 * @throws TypeError when an option is wrong.
 * @example
 * import { remote } from "@arcjet/protocol/client/node";
 * const aj = arcjet({ client: remote({ baseUrl: "http://127.0.0.1:3001", key }), rules });
 */
export function remote(options: NodeRemoteOptions): RemoteDecider {
  const { baseUrl, key, timeoutMs } = checkOptions(options);
  const interceptors = [authorize(key)];
  const { httpVersion = "2" } = options;
  if (httpVersion !== "1.1" && httpVersion !== "2")
    throw new TypeError(
      `\`remote\` options error: invalid value for \`httpVersion\` - ${JSON.stringify(httpVersion)}; use "2" or "1.1"`,
    );
  if (httpVersion === "1.1") {
    const transport = createConnectTransport({ baseUrl, httpVersion, interceptors });
    return createDecider({ transport, timeoutMs });
  }
  const sessionManager = new Http2SessionManager(baseUrl, {
    pingIntervalMs: PING_INTERVAL_MS,
    pingTimeoutMs: PING_TIMEOUT_MS,
    idleConnectionTimeoutMs: IDLE_TIMEOUT_MS,
  });
  let silent = 0;
  return createDecider({
    transport: createConnectTransport({ baseUrl, httpVersion, interceptors, sessionManager }),
    timeoutMs,
    onOutcome: (error) => {
      silent = error?.code === Code.DeadlineExceeded ? silent + 1 : 0;
      if (silent < MAX_SILENCE) return;
      silent = 0;
      sessionManager.abort();
    },
    release: () => sessionManager.abort(),
  });
}
