/** What to try with the example: a request, the status it is answered with, and why. */
export interface Suggestion {
  readonly path: string;
  /** Whether a browser asks; else it is curl. */
  readonly browser: boolean;
  readonly body?: string;
  /** How many such requests are answered otherwise before. */
  readonly after: number;
  readonly status: number;
  readonly why: string;
}

export const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const browser = { browser: true, after: 0, status: 403 };

export const suggestions: readonly Suggestion[] = [
  { path: "/", browser: false, after: 0, status: 403, why: "curl is a bot" },
  { ...browser, path: "/", status: 200, why: "a browser is let in" },
  { ...browser, path: "/?id=1'+UNION+SELECT+1,2--", why: "an attack" },
  { ...browser, path: "/limited", after: 5, status: 429, why: "the sixth within ten seconds" },
  { ...browser, path: "//ADMIN/", why: "however it is written" },
  {
    ...browser,
    path: "/signup",
    body: '{"email":"a@mailinator.com"}',
    why: "a disposable address",
  },
];

/** The suggestion as a line to type into a shell in which `BROWSER` is set. */
export function toCommand(base: string, { path, browser, body, status, why }: Suggestion): string {
  const agent = browser ? ' -A "$BROWSER"' : "";
  const sent = body === undefined ? "" : ` -H "Content-Type: application/json" -d '${body}'`;
  return `curl -i${agent}${sent} "${base}${path}"  # ${status}: ${why}`;
}
