import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIp } from "./address.ts";
import { formatIp } from "./format.ts";

const words = fc.uint32Array({ minLength: 4, maxLength: 4 });
const groups = words.map((four) => [...four].flatMap((word) => [word >>> 16, word & 0xffff]));

describe("parseIp", () => {
  it.each([
    ["0.0.0.0", "0.0.0.0"],
    ["255.255.255.255", "255.255.255.255"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:0:2:3:0:0:4", "1::2:3:0:0:4"],
    ["::ffff:8.8.8.8", "8.8.8.8"],
    ["::ffff:0808:0808", "8.8.8.8"],
    ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
  ])("reads %s, whose canonical form is %s", (text, canonical) => {
    expect(formatIp(parseIp(text)!)).toBe(canonical);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "01.2.3.4",
    "1.2.3.256",
    "1.2.3.4 ",
    "0x7f.0.0.1",
    "2130706433",
    "1.2.3.-4",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "12345::",
    "g::",
    "fe80::1%eth0",
    "[::1]",
    "::1.2.3",
    "1.2.3.4::",
    "::1.2.3.4:5",
    `${"0".repeat(46)}`,
  ])("refuses %j", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("agrees with the runtime about arbitrary text", () => {
    const piece = fc.constantFrom(
      "0",
      "1",
      "9",
      "255",
      "256",
      "f",
      "ffff",
      "10000",
      ".",
      ":",
      "::",
      "1.2.3.4",
      "x",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const text = pieces.join("");
        if (text.length > 45) return;
        expect({ text, family: parseIp(text)?.family }).toEqual({
          text,
          family: isIPv4(text) ? 4 : isIPv6(text) ? 6 : undefined,
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("writes IPv6 as the URL standard does, and reads back what it wrote", () => {
    fc.assert(
      fc.property(groups, fc.nat(8), fc.nat(8), (all, from, length) => {
        const some = all.map((group, i) => (i >= from && i < from + length ? 0 : group));
        const text = some.map((group) => group.toString(16)).join(":");
        const ip = parseIp(text)!;
        const written = formatIp(ip);
        const mapped = !written.includes(":");
        expect(mapped ? ip.w2 : `[${written}]`).toBe(
          mapped ? 0xffff : new URL(`http://[${text}]`).hostname,
        );
        const again = parseIp(written)!;
        expect([again.w0, again.w1, again.w2, again.w3]).toEqual([ip.w0, ip.w1, ip.w2, ip.w3]);
      }),
    );
  });
});
