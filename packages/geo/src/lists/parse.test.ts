import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orRefused } from "../../test/refused.ts";
import { GeoError } from "../geo-error.ts";
import { addBlocks, MAX_JSON_DEPTH, MAX_LIST_LENGTH, parseBlocks } from "./parse-blocks.ts";
import { parseTable } from "./parse-table.ts";
import { emptyRanges } from "../ranges/range.ts";

const text4 = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
/** The IPv4 ranges of a list, and how many of IPv6 there are. */
const read = (text: string) => {
  const { v4, v6 } = parseBlocks(text, "list", true);
  return [...v4.map(({ first, last }) => `${text4(first)}-${text4(last)}`), v6.length];
};

describe("address lists", () => {
  it.each<[shape: string, text: string, found: readonly (string | number)[]]>([
    [
      "blocks and addresses",
      "192.0.2.0/24\n198.51.100.7\n",
      ["192.0.2.0-192.0.2.255", "198.51.100.7-198.51.100.7", 0],
    ],
    ["Windows line ends", "192.0.2.0/31\r\n2001:db8::/32\r\n", ["192.0.2.0-192.0.2.1", 1]],
    [
      "comments",
      "# exits\n; others\n192.0.2.1 # one\n192.0.2.2;two\n\n",
      ["192.0.2.1-192.0.2.1", "192.0.2.2-192.0.2.2", 0],
    ],
    [
      "ranges",
      "192.0.2.1-192.0.2.3\n192.0.2.5 - 192.0.2.6",
      ["192.0.2.1-192.0.2.3", "192.0.2.5-192.0.2.6", 0],
    ],
    [
      "proxies with ports",
      "192.0.2.1:8080\n[2001:db8::1]:8080\n[2001:db8::2]\n",
      ["192.0.2.1-192.0.2.1", 2],
    ],
    [
      "the relay list",
      "192.0.2.0/31,US,US-CA,Los Angeles,\n2001:db8::/64,DE,DE-BE,Berlin,\n",
      ["192.0.2.0-192.0.2.1", 1],
    ],
    [
      "CSV with a header and quotes",
      'network,what\n"192.0.2.0/31","x"\n',
      ["192.0.2.0-192.0.2.1", 0],
    ],
    [
      "JSON of Amazon",
      '{"prefixes":[{"ip_prefix":"192.0.2.0/31","region":"x"}],"ipv6_prefixes":[{"ipv6_prefix":"2001:db8::/32"}]}',
      ["192.0.2.0-192.0.2.1", 1],
    ],
    [
      "JSON of Google and its crawlers",
      '{"creationTime":"2026-01-01","prefixes":[{"ipv4Prefix":"192.0.2.0/31"},{"ipv6Prefix":"2001:db8::/64"}]}',
      ["192.0.2.0-192.0.2.1", 1],
    ],
    [
      "JSON of Azure",
      '{"values":[{"name":"x","properties":{"addressPrefixes":["192.0.2.0/31","2001:db8::/64"]}}]}',
      ["192.0.2.0-192.0.2.1", 1],
    ],
    [
      "JSON of GitHub",
      '{"hooks":["192.0.2.0/31"],"web":["192.0.2.4/32"]}',
      ["192.0.2.0-192.0.2.1", "192.0.2.4-192.0.2.4", 0],
    ],
    ["a JSON array", '["192.0.2.0/31"]', ["192.0.2.0-192.0.2.1", 0]],
  ])("are read as %s", (_, text, found) => {
    expect(read(text)).toEqual(found);
  });

  it.each([
    ["nothing", ""],
    ["only comments", "# nothing\n"],
    ["mostly something else", "<html>\n<body>\n192.0.2.1\n</html>\n"],
    ["JSON without a block", '{"prefixes":[]}'],
    ["broken JSON", '{"prefixes":['],
    ["every address there is", "0.0.0.0/0\n::/0\n"],
    ["octal numbers", "0300.0.02.1\n"],
    ["a range that runs backwards", "192.0.2.9-192.0.2.1\n"],
    ["a line without end", "1".repeat(5000)],
  ])("are refused when they hold %s", (_, text) => {
    expect(() => parseBlocks(text, "a.txt", true)).toThrow(GeoError);
    expect(() => parseBlocks(text, "a.txt", true)).toThrow(/^a\.txt /);
  });

  it("are walked as deep as the limit, and no deeper", () => {
    const nested = (depth: number) => `${"[".repeat(depth)}"192.0.2.0/31"${"]".repeat(depth)}`;
    expect(read(nested(MAX_JSON_DEPTH))).toEqual(["192.0.2.0-192.0.2.1", 0]);
    expect(() => read(nested(MAX_JSON_DEPTH + 1))).toThrow(GeoError);
  });

  it("are as long as the limit, and no longer", () => {
    const filled = (length: number) => `192.0.2.1\n${"#".repeat(length - 10)}`;
    expect(read(filled(MAX_LIST_LENGTH))).toEqual(["192.0.2.1-192.0.2.1", 0]);
    expect(() => read(filled(MAX_LIST_LENGTH + 1))).toThrow("is longer than");
  });

  it("are read or refused whatever they hold", () => {
    const piece = fc.constantFrom(
      "192.0.2.1",
      "/24",
      "-",
      ",",
      "\n",
      '"',
      "{",
      "[",
      ":",
      "::",
      "#",
      "0",
      "x",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const blocks = orRefused(() => parseBlocks(pieces.join(""), "list", true));
        expect(blocks === "refused" || blocks.v4.length + blocks.v6.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("lists given as arrays", () => {
  it("are refused at the first entry that is no block", () => {
    const add = (blocks: unknown) => () =>
      addBlocks(emptyRanges(), blocks as readonly string[], "`vpn`", true);
    expect(add([" 192.0.2.0/24 "])).not.toThrow();
    expect(add(["192.0.2.0/24", "192.0.2.0/33"])).toThrow('`vpn` holds "192.0.2.0/33"');
    expect(add(["0.0.0.0/0"])).toThrow("0.0.0.0/0");
    expect(add([1])).toThrow("`vpn` holds 1");
  });
});

describe("tables of ranges", () => {
  const table = (text: string) => {
    const { countries, networks, names } = parseTable(text, "table");
    return {
      countries: countries.v4.map(({ first, last, value }) => [text4(first), text4(last), value]),
      networks: networks.v4.map(({ first, last, value }) => [text4(first), text4(last), value]),
      names: [...names],
      v6: [countries.v6.length, networks.v6.length],
    };
  };
  const none = { countries: [], networks: [], names: [], v6: [0, 0] };

  it.each<[shape: string, text: string, found: Partial<ReturnType<typeof table>>]>([
    [
      "countries",
      "1.0.0.0,1.0.0.255,AU\n2001:200::,2001:200:ffff::,JP\n",
      { countries: [["1.0.0.0", "1.0.0.255", "AU"]], v6: [1, 0] },
    ],
    [
      "countries by number",
      "16777216,16777471,AU\n42540528726795050063891204319802818560,42540528806023212578155541913346768895,JP",
      { countries: [["1.0.0.0", "1.0.0.255", "AU"]], v6: [1, 0] },
    ],
    [
      "networks",
      '1.0.0.0,1.0.0.255,13335,"Cloudflare, Inc. "\n',
      { networks: [["1.0.0.0", "1.0.0.255", 13335]], names: [[13335, "Cloudflare, Inc."]] },
    ],
    [
      "networks with AS",
      "1.0.0.0,1.0.0.255,AS13335,Cloudflare\n",
      { networks: [["1.0.0.0", "1.0.0.255", 13335]], names: [[13335, "Cloudflare"]] },
    ],
    [
      "iptoasn",
      "1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET\n1.0.1.0\t1.0.3.255\t0\tNone\tNot routed\n",
      {
        countries: [["1.0.0.0", "1.0.0.255", "US"]],
        networks: [["1.0.0.0", "1.0.0.255", 13335]],
        names: [[13335, "CLOUDFLARENET"]],
      },
    ],
    [
      "quotes in quotes",
      '1.0.0.0,1.0.0.255,64500,"The ""Net"" Ltd"\n',
      { networks: [["1.0.0.0", "1.0.0.255", 64500]], names: [[64500, 'The "Net" Ltd']] },
    ],
    [
      "everything quoted",
      '"16777216","16777471","AU","Australia"\n',
      { countries: [["1.0.0.0", "1.0.0.255", "AU"]] },
    ],
    [
      "comments, blank lines and rows without a country",
      "# x\n\n1.0.0.0,1.0.0.255,\n1.0.0.0,1.0.0.255,ZZ\n1.0.0.0,1.0.0.255,AP\n1.0.1.0,1.0.1.255,AU",
      { countries: [["1.0.1.0", "1.0.1.255", "AU"]] },
    ],
  ])("are read as %s", (_, text, found) => {
    expect(table(text)).toEqual({ ...none, ...found });
  });

  it.each([
    ["nothing", ""],
    ["a page of a website", "<!doctype html>\n<title>Sorry</title>\n"],
    ["mostly broken rows", "1.0.0.0,1.0.0.255,AU\n1.0.0.0,x,AU\na,b,c\n1.0.0.9,1.0.0.1,AU\n"],
    ["a row without end", `1.0.0.0,1.0.0.255,${"A".repeat(3000)}`],
    ["numbers that are no address", `1,${"9".repeat(39)},AU\n1,${"9".repeat(40)},AU\n`],
  ])("are refused when they hold %s", (_, text) => {
    expect(() => parseTable(text, "a.csv")).toThrow(/^a\.csv is no table of ranges/);
  });
});
