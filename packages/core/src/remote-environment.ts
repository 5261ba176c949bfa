/** A Decide server named by the environment. Its client is loaded with the first question. */
import type { RemoteDecider } from "@arcjet/protocol";
import type { ArcjetOptions } from "./arcjet-options.ts";
import { readEnvironment, type Environment } from "./config.ts";

const TIMEOUT_MS = 500;

/**
 * Puts the server in ARCJET_BASE_URL into options that name no `client`; its key is the `key` of the
 * options, else ARCJET_KEY.
 *
 * @throws TypeError when the address is none, or there is no key.
 */
export function withRemoteEnvironment<Options extends ArcjetOptions>(
  options: Options,
  env: Environment = readEnvironment(),
): Options {
  const { ARCJET_BASE_URL: baseUrl, ARCJET_KEY } = env;
  if (baseUrl === undefined || baseUrl === "" || options?.client !== undefined) return options;
  const key = options?.key ?? ARCJET_KEY;
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol))
    throw new TypeError(
      `ARCJET_BASE_URL is ${JSON.stringify(baseUrl)}, which is no http: or https: address; give one such as http://127.0.0.1:3001, or unset it to decide in this process`,
    );
  if (key === undefined || key === "")
    throw new TypeError(
      "ARCJET_BASE_URL is set and there is no key: set ARCJET_KEY or the option `key`, or unset ARCJET_BASE_URL to decide in this process",
    );
  return { ...options, client: lazyRemote(baseUrl, key) };
}

function lazyRemote(baseUrl: string, key: string): RemoteDecider {
  let made: Promise<RemoteDecider> | undefined;
  const load = (): Promise<RemoteDecider> =>
    (made ??= import("@arcjet/protocol/client/node").then(({ remote }) =>
      remote({ baseUrl, key, timeout: TIMEOUT_MS }),
    ));
  return {
    timeoutMs: TIMEOUT_MS,
    decide: async (question) => (await load()).decide(question),
    report: (question, decision) => {
      load().then(
        (decider) => decider.report(question, decision),
        () => undefined,
      );
    },
    close: async () => (await made)?.close(),
  };
}
