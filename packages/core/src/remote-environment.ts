/** A Decide server named by the environment or by the app. Its client is loaded with the first question. */
import type { RemoteDecider } from "@arcjet/protocol";
import type { ArcjetOptions, RemoteFactory } from "./arcjet-options.ts";
import { readEnvironment, type Environment } from "./config.ts";
import { checkInteger } from "./options.ts";

const TIMEOUT_MS = 500;
const MAX_TIMEOUT_MS = 60_000;

/** Options of {@link createRemoteClient}. */
export interface RemoteClientOptions {
  /** Address of the Decide server. Default: ARCJET_BASE_URL. */
  readonly baseUrl?: string;
  /** Milliseconds an answer may take. Default: 500. */
  readonly timeout?: number;
}

/**
 * The `client` of an app that asks a Decide server; its key is the `key` of the options, else ARCJET_KEY.
 *
 * @throws TypeError when no server is named, the address is none, or, once a client is built, there is no key.
 * @example
 * arcjet({ key, rules, client: createRemoteClient({ baseUrl: "http://127.0.0.1:3001" }) });
 */
export function createRemoteClient(
  options: RemoteClientOptions = {},
  env: Environment = readEnvironment(),
): RemoteFactory {
  const { baseUrl = env.ARCJET_BASE_URL } = options;
  if (baseUrl === undefined)
    throw new TypeError(
      "`createRemoteClient` has no server to ask: give `baseUrl` or set ARCJET_BASE_URL to an address such as http://127.0.0.1:3001, or leave `client` out to decide in this process",
    );
  const name = options.baseUrl === undefined ? "ARCJET_BASE_URL" : "`baseUrl`";
  if (!isWebAddress(baseUrl))
    throw new TypeError(
      `${name} is ${JSON.stringify(baseUrl)}, which is no http: or https: address; give one such as http://127.0.0.1:3001, or none to decide in this process`,
    );
  const owner = "createRemoteClient";
  const timeout = checkInteger(owner, "timeout", options.timeout, 1, MAX_TIMEOUT_MS, TIMEOUT_MS);
  return (key = env.ARCJET_KEY) => {
    if (key === undefined || key === "")
      throw new TypeError(
        "a Decide server is named and there is no key: set ARCJET_KEY or the option `key`, or name no server to decide in this process",
      );
    return lazyRemote(baseUrl, key, timeout);
  };
}

function isWebAddress(address: string | undefined): address is string {
  return (
    address !== undefined && URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
  );
}

/**
 * Puts the server in ARCJET_BASE_URL into options that name no `client`.
 *
 * @throws TypeError when the address is none, or there is no key.
 */
export function withRemoteEnvironment<Options extends ArcjetOptions>(
  options: Options,
  env: Environment = readEnvironment(),
): Options {
  const { ARCJET_BASE_URL: baseUrl } = env;
  if (baseUrl === undefined || baseUrl === "" || options?.client !== undefined) return options;
  return { ...options, client: createRemoteClient({}, env)(options?.key) };
}

function lazyRemote(baseUrl: string, key: string, timeoutMs: number): RemoteDecider {
  let made: Promise<RemoteDecider> | undefined;
  const load = (): Promise<RemoteDecider> =>
    (made ??= import("@arcjet/protocol/client/node").then(({ remote }) =>
      remote({ baseUrl, key, timeout: timeoutMs }),
    ));
  return {
    timeoutMs,
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
