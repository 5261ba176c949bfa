/** Requests that are hard on logs, as the bytes that a client sends. */

export interface Sent {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly version: string;
  /** Lines of the header besides Host and Connection; each character is one byte. */
  readonly headers: Readonly<Record<string, string>>;
}

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const sent = (
  name: string,
  target: string,
  headers: Readonly<Record<string, string>> = { "user-agent": BROWSER },
  more: Partial<Sent> = {},
): Sent => ({ name, method: "GET", target, version: "1.1", headers, ...more });

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

export const traffic: readonly Sent[] = [
  sent("a page", "/plain?a=1&b=%20", { "user-agent": BROWSER, referer: "https://example.com/x" }),
  sent("no user agent", "/quiet", {}),
  sent("quotes and backslashes", "/quotes", { "user-agent": 'a"b\\c\\"d\\' }),
  sent("a tab", "/tab", { "user-agent": "a\tb" }),
  sent("bytes beyond ASCII", "/bytes", { "user-agent": "caf\u00c3\u00a9" }),
  sent("what looks like the end of a field", "/end", { "user-agent": 'x" 200 1 "-" "-' }),
  sent("what looks like an escape", "/escape", { "user-agent": "\\x22 \\n" }),
  sent("a backslash in the path", "/a\\b?c=\\", undefined),
  sent("percent-encoded quotes", "/%22%5C%0A?%27", undefined),
  sent("brackets", "/[10/Oct/2025:13:55:36%20+0000]", undefined),
  sent("an attack", "/item?id=1%27%20UNION%20SELECT%20a,b%20FROM%20users--", undefined),
  sent("a user name that looks like a line", "/user", {
    "user-agent": BROWSER,
    authorization: basic('x [1] "GET /forged HTTP/1.0" 200 1 "-" "-":p'),
  }),
  sent("HEAD", "/head", undefined, { method: "HEAD" }),
  sent("POST", "/post", { "user-agent": BROWSER, "content-length": "0" }, { method: "POST" }),
  sent("an older version", "/old", undefined, { version: "1.0" }),
  sent("a long query", `/long?q=${"x".repeat(4_000)}`, undefined),
];
