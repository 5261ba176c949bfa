// Signs of a bot in other headers than the user agent. Each holds for every browser in use: none rests on
// something a proxy or an extension against tracking may take away, and those that rest on an absent
// header need a source that carries all of them.

/** The request as far as it is looked at. */
export interface SignalSource {
  readonly userAgent: string;
  /** Value of a header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** False when the source does not carry all headers, such as an access log. */
  readonly complete: boolean;
}

/** Names of the signals. */
export type BotSignal =
  | "missing-accept"
  | "headless-client-hints"
  | "client-hints-without-chromium"
  | "client-hints-platform"
  | "client-hints-version"
  | "signature-agent";

/** Longest header that is looked at, in characters. */
const MAX_HEADER = 1_024;

/** Client hints of platforms that no user agent of another platform comes with. */
const DESKTOPS: readonly (readonly [userAgent: string, hint: string])[] = [
  ["(Windows NT ", "Windows"],
  ["(Macintosh; Intel Mac OS X", "macOS"],
];

function claimsBrowser(userAgent: string): boolean {
  return userAgent.startsWith("Mozilla/5.0 (") && /(?:Chrome|Firefox|Version)\/\d/.test(userAgent);
}

function hintSignals(userAgent: string, brands: string, platform: string): BotSignal[] {
  const signals: BotSignal[] = [];
  if (brands.includes("HeadlessChrome")) signals.push("headless-client-hints");
  const chrome = /Chrome\/(\d{1,4})\./.exec(userAgent)?.[1];
  if (chrome === undefined && /(?:Firefox|Version)\/\d/.test(userAgent))
    signals.push("client-hints-without-chromium");
  const hinted = /"Chromium";v="(\d{1,4})/.exec(brands)?.[1];
  if (chrome !== undefined && hinted !== undefined && chrome !== hinted)
    signals.push("client-hints-version");
  const desktop = DESKTOPS.find(([claim]) => userAgent.includes(claim));
  if (desktop && platform !== "" && !platform.includes(desktop[1]))
    signals.push("client-hints-platform");
  return signals;
}

/**
 * Signs of a bot in the headers of a request whose user agent is that of a browser.
 *
 * @example
 * requestSignals({ userAgent, header: (name) => headers.get(name), complete: true }); // ["missing-accept"]
 */
export function requestSignals({
  userAgent,
  header,
  complete,
}: SignalSource): readonly BotSignal[] {
  const signals: BotSignal[] = [];
  if (header("signature-agent") !== undefined && header("signature-input") !== undefined)
    signals.push("signature-agent");
  if (!claimsBrowser(userAgent)) return signals;
  if (complete && header("accept") === undefined) signals.push("missing-accept");
  const brands = header("sec-ch-ua");
  if (brands !== undefined && brands.length <= MAX_HEADER)
    signals.push(...hintSignals(userAgent, brands, header("sec-ch-ua-platform") ?? ""));
  return signals;
}
