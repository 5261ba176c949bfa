/** Requests and clocks for tests of rules and of applications. */
import { readHeaders } from "./headers.ts";
import type { RequestParts } from "./normalize.ts";

/** What a fake request may set. */
export interface FakeRequestOptions {
  /** Default: GET. */
  readonly method?: string;
  /** Path and query, or an absolute URL. Default: "/". */
  readonly url?: string;
  /** Added to the headers of a browser; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Address of the client; a reserved one such as 203.0.113.7 identifies nobody. Default: 93.184.216.34. */
  readonly ip?: string;
  readonly tls?: boolean;
  /** False for a request whose source may lack headers. */
  readonly complete?: boolean;
}

const BROWSER_HEADERS = {
  host: "example.com",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "en-US,en;q=0.5",
  "accept-encoding": "gzip, deflate, br",
};

const ORIGIN = /^https?:\/\/([^/?#]*)/;

/**
 * A request as an ordinary browser would send it, with what the test says changed.
 *
 * @example
 * const decision = await aj.protect(fakeRequest({ url: "/?id=1", ip: "8.8.8.8" }));
 */
export function fakeRequest(options: FakeRequestOptions = {}): RequestParts {
  const { method = "GET", url = "/", ip = "93.184.216.34", complete = true } = options;
  const origin = ORIGIN.exec(url);
  const headers: Record<string, string | readonly string[] | undefined> = { ...BROWSER_HEADERS };
  if (origin?.[1] !== undefined) headers.host = origin[1];
  for (const [name, value] of Object.entries(options.headers ?? {}))
    headers[name.toLowerCase()] = value;
  const target = origin ? url.slice(origin[0].length) || "/" : url;
  const tls = options.tls ?? url.startsWith("https:");
  return {
    method,
    target,
    headers: readHeaders(headers),
    peer: ip,
    tls,
    httpVersion: "1.1",
    complete,
  };
}

/** A clock that only moves when it is told to. */
export interface FakeClock {
  (): number;
  /** Moves forward by this many milliseconds. */
  advance(milliseconds: number): void;
}

/**
 * A clock for the `clock` option.
 *
 * @example
 * const clock = fakeClock();
 * const aj = arcjet({ rules, clock });
 * clock.advance(60_000);
 */
export function fakeClock(start: number = Date.UTC(2026, 0, 1)): FakeClock {
  let time = start;
  return Object.assign(() => time, {
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
  });
}
