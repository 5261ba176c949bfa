/** Where decisions are asked for, and how long an answer may take. */
export interface RemoteOptions {
  /** Address of the Decide server, such as `https://decide.example.com`. */
  readonly baseUrl: string;
  /** Site key, such as `ajkey_…`. */
  readonly key: string;
  /** Milliseconds to wait for a decision, from 1 to 60,000; default 500. */
  readonly timeout?: number;
}

export interface CheckedOptions {
  readonly baseUrl: string;
  readonly key: string;
  readonly timeoutMs: number;
}

const DEFAULT_TIMEOUT_MS = 500;
export const MAX_TIMEOUT_MS = 60_000;
export const MAX_KEY_LENGTH = 256;
const KEY = /^[\x21-\x7e]+$/;

function checkBaseUrl(given: unknown): string {
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new TypeError(
      `\`remote\` options error: invalid value for \`baseUrl\` - ${JSON.stringify(given)} is no http: or https: address; give one such as "http://127.0.0.1:3001"`,
    );
  return url.href.replace(/\/$/, "");
}

/**
 * Checks the options of `remote()`; the key is never part of a message.
 *
 * @throws TypeError when an option is wrong.
 */
export function checkOptions({ baseUrl, key, timeout = DEFAULT_TIMEOUT_MS }: RemoteOptions) {
  if (typeof key !== "string" || key.length > MAX_KEY_LENGTH || !KEY.test(key))
    throw new TypeError(
      "`remote` options error: invalid value for `key` - expected the site key, at most 256 visible ASCII characters; `arcjet keys create` makes one",
    );
  if (!Number.isInteger(timeout) || timeout < 1 || timeout > MAX_TIMEOUT_MS)
    throw new TypeError(
      `\`remote\` options error: invalid value for \`timeout\` - ${timeout} is no whole number of milliseconds from 1 to ${MAX_TIMEOUT_MS}`,
    );
  return { baseUrl: checkBaseUrl(baseUrl), key, timeoutMs: timeout } satisfies CheckedOptions;
}
