// What every request pays for its client address, and what a set of 50,000 blocks costs beside the list of
// the runtime, which is searched from its beginning.
import { BlockList, isIP } from "node:net";
import { expect, test } from "vitest";
import { parseIp } from "./address.ts";
import { CidrSet } from "./cidr-set.ts";
import { clientIp } from "./client-ip.ts";
import { formatIpv4 } from "./format.ts";
import { compileProxies } from "./proxies.ts";

const options = { time: 300 };

test("the client of one request", async ({ bench }) => {
  const proxies = compileProxies(["10.0.0.0/8", "fd00::/8"]);
  const none = { get: () => undefined };
  const list = new Map([["x-forwarded-for", "6.6.6.6, 1.1.1.1, 10.2.2.2"]]);
  const forwarded = new Map([["forwarded", 'for="[2606:4700::1]:80";proto=https, for=10.2.2.2']]);
  expect(clientIp({ peer: "10.0.0.9", headers: list, proxies }).ip).toBe("1.1.1.1");
  await bench.compare(
    bench("direct, IPv4", () => void clientIp({ peer: "8.8.8.8", headers: none })),
    bench("direct, mapped", () => void clientIp({ peer: "::ffff:8.8.8.8", headers: none })),
    bench("direct, IPv6", () => void clientIp({ peer: "2606:4700::1", headers: none })),
    bench("X-Forwarded-For of two hops", () =>
      void clientIp({ peer: "10.0.0.9", headers: list, proxies })),
    bench("Forwarded of two hops", () =>
      void clientIp({ peer: "10.0.0.9", headers: forwarded, proxies })),
    options,
  );
});

test("parsing an address", async ({ bench }) => {
  await bench.compare(
    bench("parseIp, IPv4", () => void parseIp("203.0.113.195")),
    bench("parseIp, IPv6", () => void parseIp("2001:db8:85a3::8a2e:370:7334")),
    bench("isIP of the runtime, IPv6", () => void isIP("2001:db8:85a3::8a2e:370:7334")),
    options,
  );
});

test("a set of 50,000 blocks", async ({ bench }) => {
  let state = 9;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  const blocks = Array.from({ length: 50_000 }, () => [formatIpv4(random()), 20 + (random() % 13)]);
  const texts = Array.from({ length: 1024 }, () => formatIpv4(random()));
  const set = new CidrSet(blocks.map(([address, bits]) => `${address}/${bits}`));
  const runtime = new BlockList();
  for (const [address, bits] of blocks) runtime.addSubnet(String(address), Number(bits), "ipv4");
  expect(texts.map((text) => set.has(text))).toEqual(texts.map((text) => runtime.check(text)));
  let at = 0;
  const next = () => texts[at++ & 1023] ?? "";
  await bench.compare(
    bench("CidrSet", () => void set.has(next())),
    bench("BlockList of the runtime", () => void runtime.check(next())),
    options,
  );
});
