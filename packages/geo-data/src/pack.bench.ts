// What the default pack costs: opening it, and looking up addresses of which each lies in another network.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { openPack } from "@arcjet/geo";
import { formatIp, type Ip, parseIp } from "@arcjet/ip";
import { expect, test } from "vitest";
import { packUrl } from "./index.ts";

const COUNT = 65_536;
const options = { time: 500 };

/** The same numbers in every run (a linear congruential generator). */
let state = 7;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);

const folder = dirname(createRequire(import.meta.url).resolve("@ip-location-db/asn/README.md"));
const rows = readFileSync(join(folder, "asn-ipv6.csv"), "utf8").split("\n");

function announced(): Ip {
  for (;;) {
    const row = rows[random() % rows.length] ?? "";
    const ip = parseIp(row.slice(0, row.indexOf(",")));
    if (ip !== undefined) return { ...ip, w3: random() };
  }
}

const FOUR = Array.from({ length: COUNT }, (): Ip => {
  return { family: 4, w0: 0, w1: 0, w2: 0xffff, w3: random() };
});
const SIX = Array.from({ length: COUNT }, announced);

/** A function that goes on to the next value with each call. */
function inTurn<T>(values: readonly T[], visit: (value: T) => unknown): () => void {
  let at = 0;
  return () => {
    const value = values[at++ & (COUNT - 1)];
    if (value !== undefined) visit(value);
  };
}

test("the default pack", async ({ bench }) => {
  const bytes = new Uint8Array(readFileSync(packUrl));
  const pack = openPack(bytes);
  const byText = (text: string) => {
    const ip = parseIp(text);
    return ip === undefined ? undefined : pack.lookup(ip);
  };
  expect(byText("9.9.9.9")?.asn).toBe("19281");
  await bench.compare(
    bench("opening", () => openPack(bytes)),
    bench("IPv4", inTurn(FOUR, pack.lookup)),
    bench("IPv4 by text", inTurn(FOUR.map(formatIp), byText)),
    bench("IPv6", inTurn(SIX, pack.lookup)),
    bench("IPv6 by text", inTurn(SIX.map(formatIp), byText)),
    options,
  );
});
