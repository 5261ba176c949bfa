// The three kinds of expression the documentation of the system shows, beside the official engine. What
// is built is measured: the sources as the test runner loads them pay for every use of an import.
import { matchFilters } from "@arcjet/analyze";
import { expect, test } from "vitest";
import { requestOf } from "../test/requests.ts";
import { compile } from "../dist/index.js";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const headers = {
  "user-agent":
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
  accept: "text/html",
};
const request = requestOf({ headers, query: "?q=alpha", cookies: "session=1" });
const wire = {
  ip: request.ip,
  method: request.method,
  protocol: request.protocol,
  host: request.host,
  path: request.path,
  query: request.query,
  cookies: request.cookies,
  headers,
};
const facts = { country: "US", isVpn: false, isTor: false };

const EXPRESSIONS = {
  "a set of countries":
    'ip.src.country in {"AT" "BE" "BG" "CY" "CZ" "DE" "DK" "EE" "ES" "FI" "FR" "GR" "HR" "HU" "IE" "IT" "LT" "LU" "LV" "MT" "NL" "PL" "PT" "RO" "SE" "SI" "SK"}',
  "VPN, Tor or curl":
    'ip.src.vpn or ip.src.tor or lower(http.request.headers["user-agent"]) matches "curl"',
  "a GET from the US without VPN":
    'ip.src.country eq "US" and not ip.src.vpn and http.request.method eq "GET"',
};

for (const [name, expression] of Object.entries(EXPRESSIONS))
  test(`${name}`, async ({ bench }) => {
    const filter = compile(expression);
    // The official function asks for a whole logger and uses none of it here.
    const context = { log: quiet, characteristics: [] } as never;
    await bench.compare(
      bench("compiled", () => void filter.evaluate(request, undefined, facts)),
      bench("official, per call", async () => {
        await matchFilters(context, wire, "{}", [expression], false);
      }),
      { time: 300 },
    );
  });

test("a pattern with nested repetitions over 50,000 bytes", async ({ bench }) => {
  const filter = compile('local["v"] matches "(a+)+$"');
  const local = { v: `${"a".repeat(50_000)}b` };
  expect(filter.evaluate(request, local).values).toEqual([false]);
  await bench("search", () => void filter.evaluate(request, local)).run({ time: 300 });
});
