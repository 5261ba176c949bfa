import { Code } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import type { RemoteDecider } from "../remote.ts";
import { authorize } from "./authorize.ts";
import { createDecider } from "./decider.ts";
import { checkOptions, type RemoteOptions } from "./options.ts";
import { createSessions } from "./sessions.ts";

/** Options of `remote()` in Node. */
export interface NodeRemoteOptions extends RemoteOptions {
  /** "1.1" where a proxy on the way knows no HTTP/2. Default: "2", with prior knowledge on `http:`. */
  readonly httpVersion?: "1.1" | "2";
}

/** Questions in a row without an answer in time after which the connection is given up. */
export const MAX_SILENCE = 3;
/** Most bytes of an answer; ten rules with all that can be said of them are far less. */
const MAX_ANSWER_BYTES = 4_194_304;

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
  const shared = { baseUrl, interceptors, readMaxBytes: MAX_ANSWER_BYTES };
  if (httpVersion === "1.1")
    return createDecider({
      transport: createConnectTransport({ ...shared, httpVersion }),
      timeoutMs,
    });
  const { manager: sessionManager, abort } = createSessions(baseUrl);
  let silent = 0;
  return createDecider({
    transport: createConnectTransport({ ...shared, httpVersion, sessionManager }),
    timeoutMs,
    onOutcome: (error) => {
      silent = error?.code === Code.DeadlineExceeded ? silent + 1 : 0;
      if (silent < MAX_SILENCE) return;
      silent = 0;
      abort();
    },
    release: abort,
  });
}
