import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIp, type Ip } from "./address.ts";
import { CidrSet } from "./cidr-set.ts";
import { formatIp } from "./format.ts";
import { MAX_HEADER_LENGTH, MAX_HOPS, walkForwarded, walkForwardedFor } from "./forwarding.ts";
import { isGlobal } from "./global.ts";

const trusted = new CidrSet(["10.0.0.0/8", "9.9.9.9"]);
const text = (ip: Ip | undefined) => (ip === undefined ? "nobody" : formatIp(ip));
const byList = (value: string) => text(walkForwardedFor(value, trusted));
const byForwarded = (value: string) => text(walkForwarded(value, trusted));
const { raw } = String;

describe("walkForwardedFor", () => {
  it.each([
    ["6.6.6.6, 1.1.1.1, 9.9.9.9, 10.2.2.2", "1.1.1.1"],
    ["1.1.1.1, 192.168.0.4", "1.1.1.1"],
    ["1.1.1.1,\t::ffff:10.0.0.1 ,9.9.9.9", "1.1.1.1"],
    ["[2606:4700::1%25]:443", "2606:4700::1"],
    ["2606:4700::1%eth0", "2606:4700::1"],
    ["[::ffff:1.1.1.1]:80", "1.1.1.1"],
    ["1.1.1.1:8080", "1.1.1.1"],
    ["1.1.1.1:65535", "1.1.1.1"],
    ["1.1.1.1:65536", "nobody"],
    ["1.1.1.1:", "nobody"],
    ["[1.1.1.1]", "nobody"],
    ["1.1.1.1%eth0", "nobody"],
    ["[2606:4700::1", "nobody"],
    ["2606:4700::1]", "nobody"],
    ["[2606:4700::1]443", "nobody"],
    ['"1.1.1.1"', "nobody"],
    ["1.1.1.1, unknown", "nobody"],
    ["1.1.1.1,", "nobody"],
    ["1.1.1.1 10.0.0.1", "nobody"],
    ["0177.0.0.1", "nobody"],
    ["1.1.1.1\u00a0", "nobody"],
    ["1.1.1.1\n", "nobody"],
    ["10.0.0.1, 9.9.9.9", "nobody"],
    ["", "nobody"],
  ])("reads %j as %s", (value, client) => {
    expect(byList(value)).toBe(client);
  });

  it(`reads ${MAX_HOPS} hops and no more`, () => {
    const chain = (hops: number) => `1.1.1.1${", 10.0.0.1".repeat(hops - 1)}`;
    expect([byList(chain(MAX_HOPS)), byList(chain(MAX_HOPS + 1))]).toEqual(["1.1.1.1", "nobody"]);
  });

  it(`reads ${MAX_HEADER_LENGTH} characters and no more`, () => {
    const padded = (length: number) => `1.1.1.1,${"10.0.0.1".padStart(length - 8)}`;
    expect(byList(padded(MAX_HEADER_LENGTH))).toBe("1.1.1.1");
    expect(byList(padded(MAX_HEADER_LENGTH + 1))).toBe("nobody");
    expect(byList(`6.6.6.6,${" ".repeat(1_000_000)},1.1.1.1`)).toBe("1.1.1.1");
  });
});

describe("walkForwarded", () => {
  it.each([
    ["for=6.6.6.6, for=1.1.1.1, for=10.1.1.1", "1.1.1.1"],
    ['for="[2606:4700::1]:80";proto=https', "2606:4700::1"],
    ['for="1.1.1.1:_port"', "1.1.1.1"],
    ["proto=http ;\tFoR=1.1.1.1 ; ;by=_x", "1.1.1.1"],
    // Quoted strings may hold separators, and quotes behind a backslash.
    ['for=1.1.1.1;by="a,for=6.6.6.6"', "1.1.1.1"],
    ['for=1.1.1.1;host="a;for=6.6.6.6";proto=https', "1.1.1.1"],
    [raw`for=1.1.1.1;host="a\",for=6.6.6.6,\\"`, "1.1.1.1"],
    [raw`for=6.6.6.6;host="\\",for=1.1.1.1`, "1.1.1.1"],
    [raw`for="1.1.1\.1"`, "1.1.1.1"],
    // Without brackets, a port would pass for a group of the address.
    ['for=1.1.1.1, for="2606:4700::1:80"', "nobody"],
    ["for=[2606:4700::1]", "nobody"],
    ["for=1.1.1.1:80", "nobody"],
    ["for =1.1.1.1", "nobody"],
    ["for= 1.1.1.1", "nobody"],
    ["for=1.1.1.1 proto=https", "nobody"],
    ['for=1.1.1.1;host="a', "nobody"],
    [raw`for=1.1.1.1;host="a\"`, "nobody"],
    ['for=1.1.1.1;host="a"b', "nobody"],
    ["for=1.1.1.1;host", "nobody"],
    ["for=1.1.1.1;for=6.6.6.6", "nobody"],
    ["for=1.1.1.1, proto=https", "nobody"],
    ["for=1.1.1.1, for=_hidden", "nobody"],
    ["for=1.1.1.1, for=unknown", "nobody"],
    ["for=1.1.1.1,", "nobody"],
    ["for=", "nobody"],
    ['for=""', "nobody"],
    ["1.1.1.1", "nobody"],
    ["", "nobody"],
  ])("reads %j as %s", (value, client) => {
    expect(byForwarded(value)).toBe(client);
  });

  it(`reads ${MAX_HOPS} hops and no more`, () => {
    const chain = (hops: number) => `for=1.1.1.1${", for=10.0.0.1".repeat(hops - 1)}`;
    expect(byForwarded(chain(MAX_HOPS))).toBe("1.1.1.1");
    expect(byForwarded(chain(MAX_HOPS + 1))).toBe("nobody");
  });

  it(`reads ${MAX_HEADER_LENGTH} characters and no more`, () => {
    const padded = (length: number) => `for=1.1.1.1,${"for=10.0.0.1".padStart(length - 12)}`;
    expect(byForwarded(padded(MAX_HEADER_LENGTH))).toBe("1.1.1.1");
    expect(byForwarded(padded(MAX_HEADER_LENGTH + 1))).toBe("nobody");
    for (const filler of [",", '"', "\\", ";"])
      expect(byForwarded(`for=6.6.6.6,${filler.repeat(1_000_000)}, for=1.1.1.1`)).toBe("1.1.1.1");
  });

  it("finds in what the grammar allows the client that a walk over its parts finds", () => {
    const address = fc.constantFrom("1.1.1.1", "10.0.0.1", "9.9.9.9", "fd00::1", "2606:4700::1");
    const quoted = (value: string) => `"${value.replaceAll(/["\\]/g, raw`\$&`)}"`;
    const hop = fc.record({
      address,
      port: fc.constantFrom("", ":80", ":_p"),
      host: fc.string({ maxLength: 8 }).map((host) => host.replaceAll(/[^\t -~]/g, "")),
      last: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(hop, { minLength: 1, maxLength: 6 }), (hops) => {
        const elements = hops.map(({ address, port, host, last }) => {
          const node = address.includes(":") ? `[${address}]${port}` : `${address}${port}`;
          const pairs = [`for=${quoted(node)}`, `host=${quoted(host)}`];
          return (last ? pairs.toReversed() : pairs).join(";");
        });
        const client = hops.findLast(({ address }) => {
          const ip = parseIp(address)!;
          return isGlobal(ip) && !trusted.has(ip);
        });
        expect(byForwarded(elements.join(", "))).toBe(client?.address ?? "nobody");
      }),
      { numRuns: 500 },
    );
  });
});

/** What a proxy appends for the client 8.8.4.4. */
const TAILS = [
  ", for=8.8.4.4",
  ', for="8.8.4.4:443";proto=https',
  raw`, host="a;b,\"c\\";for=8.8.4.4`,
  ', for=8.8.4.4, for="[fd00::1]:80";by="_a"',
];

it("never throws, and never takes an address left of one it did not read", () => {
  const piece = fc.constantFrom(
    "6.6.6.6",
    "1.1.1.1",
    "10.0.0.1",
    "::1",
    "unknown",
    "for=",
    "\u0000",
    ",",
    ";",
    '"',
    "[",
    "]",
    ":",
    "%",
    " ",
    "\\",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const value = pieces.join("");
      expect([byList(value), byForwarded(value)].map((client) => typeof client)).toEqual([
        "string",
        "string",
      ]);
      expect(byList(`${value}, 8.8.4.4`)).toBe("8.8.4.4");
      for (const tail of TAILS) expect(byForwarded(value + tail)).toBe("8.8.4.4");
    }),
    { numRuns: 1000 },
  );
});
