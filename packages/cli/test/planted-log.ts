/**
 * A log of ordinary traffic in which attacks, bots and bursts are planted, and how many of each: the same
 * for the same number of lines.
 */
import { BROWSER, clf } from "./log-lines.ts";

/** What was planted, and so what the rules have to deny. */
export interface Planted {
  requests: number;
  /** Requests with an attack in them, and those of clients that are blocked for attacks. */
  shield: number;
  bot: number;
  /** Requests beyond the limit. */
  rateLimit: number;
}

/** Requests that a client may send in a minute. */
export const LIMIT = 60;
export const RULES = `
  shield({ mode: "LIVE" }),
  detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
  fixedWindow({ mode: "LIVE", window: "1m", max: ${LIMIT} }),
`;

const START = Date.UTC(2025, 9, 10);
const BURST = 100;
const ATTACKS: readonly string[] = [
  "/search?q=1%27%20UNION%20SELECT%20name,{}%20FROM%20users--",
  "/item?id={}%27%20OR%20%27a%27=%27a",
  "/?page=..%2F..%2F..%2F..%2Fetc%2Fpasswd%00{}",
  "/comment?text=%3Cscript%3Edocument.location%3D{}%3C/script%3E",
  "/ping?host=127.0.0.1%3Bcat%20/etc/passwd{}",
];
const BOTS: readonly string[] = [
  "curl/8.5.0",
  "python-requests/2.31.0",
  "Go-http-client/1.1",
  "Scrapy/2.11.0 (+https://scrapy.org)",
];
const BROWSERS: readonly string[] = [
  BROWSER,
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1",
];

interface Visit {
  readonly ip: string;
  readonly path: string;
  readonly agent: string;
}

/** An address of its own for each number, in public space. */
const address = (network: number, n: number): string =>
  `${network}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

function line({ ip, path, agent }: Visit, time: number, n: number): string {
  return `${ip} - - [${clf(time)}] "GET ${path} HTTP/1.1" 200 ${n % 50_000} "https://example.com/products" "${agent}"\n`;
}

function* ordinary(): Generator<Visit> {
  for (let n = 0; ; n++) {
    const path =
      n % 3 === 0 ? `/static/app.${n % 40}.js` : `/products/${n % 9_000}?page=${n % 30}&sort=price`;
    // Each of 50,000 clients comes once in 50,000 requests, far below the limit.
    yield { ip: address(80, n % 50_000), path, agent: BROWSERS[(n % 50_000) % BROWSERS.length]! };
  }
}

/** Every kind of planted traffic in turn: an attack, a bot, a burst, a client that goes on and on. */
function plant(n: number, planted: Planted): readonly Visit[] {
  const agent = BROWSERS[n % BROWSERS.length]!;
  const attack = (ip: string, at: number): Visit => ({
    ip,
    path: ATTACKS[at % ATTACKS.length]!.replace("{}", String(n * 100 + at)),
    agent,
  });
  switch (n % 4) {
    case 0:
      planted.shield++;
      return [attack(address(90, n), n >> 2)];
    case 1:
      planted.bot++;
      return [{ ip: address(91, n), path: "/products/1", agent: BOTS[(n >> 2) % BOTS.length]! }];
    case 2: {
      planted.rateLimit += BURST - LIMIT;
      const ip = address(92, n);
      return Array.from({ length: BURST }, (_, at) => ({ ip, path: `/login?try=${at}`, agent }));
    }
    default: {
      const ip = address(93, n);
      planted.shield += 15;
      const attacks = Array.from({ length: 10 }, (_, at) => attack(ip, at));
      return [
        ...attacks,
        ...Array.from({ length: 5 }, (_, at) => ({ ip, path: `/p/${at}`, agent })),
      ];
    }
  }
}

/** Lines between two plants. */
const EVERY = 400;

/** Writes at least so many lines through `write`, and gives what was planted. */
export async function plantLog(
  lines: number,
  write: (text: string) => Promise<unknown> | void,
): Promise<Planted> {
  const planted: Planted = { requests: 0, shield: 0, bot: 0, rateLimit: 0 };
  const visits = ordinary();
  let time = START;
  for (let n = 0; planted.requests < lines; n++) {
    let text = "";
    for (let at = 0; at < EVERY; at++) {
      time += 20;
      text += line(visits.next().value as Visit, time, planted.requests++);
    }
    for (const visit of plant(n, planted)) text += line(visit, time, planted.requests++);
    await write(text);
  }
  return planted;
}
