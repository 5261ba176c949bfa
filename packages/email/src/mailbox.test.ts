import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_LABEL_OCTETS } from "./domain.ts";
import type { MailboxFaultCode } from "./fault.ts";
import { MAX_LOCAL_PART_OCTETS } from "./local-part.ts";
import { MAX_ADDRESS_OCTETS, parseMailbox, type MailboxOptions } from "./mailbox.ts";

const RFC: MailboxOptions = { requireTopLevelDomain: false, allowDomainLiteral: true };
const repeat = (count: number, text = "x"): string => text.repeat(count);

describe("addresses that are accepted", () => {
  test.each<[string, string, string]>([
    ["ada@example.com", "ada", "example.com"],
    ["Ada.Lovelace+notes@Mail.Example.COM", "Ada.Lovelace+notes", "mail.example.com"],
    ["!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~", "example.com"],
    ['"two words"@example.com', '"two words"', "example.com"],
    ['"a\\"b\\\\c@d"@example.com', '"a\\"b\\\\c@d"', "example.com"],
    ['""@example.com', '""', "example.com"],
    ["0@1.example2", "0", "1.example2"],
    ["a@x--y.example", "a", "x--y.example"],
    ["müller@example.de", "müller", "example.de"],
    ["ada@bücher.example", "ada", "xn--bcher-kva.example"],
    ["ada@BÜCHER.example", "ada", "xn--bcher-kva.example"],
    ["佐藤@例え.テスト", "佐藤", "xn--r8jz45g.xn--zckzah"],
    ["अजय@डाटा.भारत", "अजय", "xn--c2bd1gb.xn--h2brj9c"],
    ["ada@xn--bcher-kva.example", "ada", "xn--bcher-kva.example"],
    ["🐙@example.com", "🐙", "example.com"],
    ["❤\ufe0f@example.com", "❤\ufe0f", "example.com"],
    ["می\u200cخواهم@example.com", "می\u200cخواهم", "example.com"],
    ["𐐷𤭢@𐐷𤭢.com", "𐐷𤭢", "xn--wj8c9988c.com"],
  ])("%s", (address, localPart, domain) => {
    expect(parseMailbox(address)).toMatchObject({ valid: true, localPart, domain });
  });

  test.each<[string, "ipv4" | "ipv6"]>([
    ["a@[192.0.2.1]", "ipv4"],
    ["a@[0.0.0.0]", "ipv4"],
    ["a@[255.255.255.255]", "ipv4"],
    ["a@[IPv6:2001:db8::1]", "ipv6"],
    ["a@[ipv6:::1]", "ipv6"],
    ["a@[IPv6:::]", "ipv6"],
    ["a@[IPv6:1:2:3:4:5:6:7:8]", "ipv6"],
    ["a@[IPv6:1:2:3:4:5:6:7::]", "ipv6"],
    ["a@[IPv6:1:2:3:4:5:6:192.0.2.1]", "ipv6"],
    ["a@[IPv6:::ffff:192.0.2.1]", "ipv6"],
  ])("%s is a literal, and one only when literals are allowed", (address, domainKind) => {
    expect(parseMailbox(address, RFC)).toMatchObject({ valid: true, domainKind });
    expect(parseMailbox(address)).toMatchObject({ valid: false, code: "literal-not-allowed" });
  });
});

describe("addresses that are refused, and where", () => {
  test.each<[string, MailboxFaultCode, number]>([
    ["", "no-at-sign", 0],
    ["ada", "no-at-sign", 3],
    ["@example.com", "local-part-empty", 0],
    [".ada@example.com", "local-part-dot", 0],
    ["ada.@example.com", "local-part-dot", 3],
    ["ada..l@example.com", "local-part-dot", 4],
    ["ada l@example.com", "local-part-character", 3],
    ["ada(x)@example.com", "local-part-character", 3],
    ["ada\u0000@example.com", "local-part-character", 3],
    ["ada\r\nBcc: eve@example.com", "local-part-character", 3],
    ["ada\u0085@example.com", "local-part-character", 3],
    ["ada\u00a0l@example.com", "local-part-character", 3],
    ["ada\u200bl@example.com", "local-part-character", 3],
    ["ada\u200el@example.com", "local-part-character", 3],
    ["ada\u00adl@example.com", "local-part-character", 3],
    ["ada\u3164l@example.com", "local-part-character", 3],
    ["ada\ufffdl@example.com", "local-part-character", 3],
    ["ada\uffffl@example.com", "local-part-character", 3],
    ["ada\u{e0041}l@example.com", "local-part-character", 3],
    ["ada\ud800@example.com", "local-part-character", 3],
    ['"ada@example.com', "local-part-quote", 16],
    ['"ada"l@example.com', "local-part-quote", 5],
    ['"a\nb"@example.com', "local-part-character", 2],
    ['"a\\', "local-part-character", 3],
    ["ada@", "domain-empty", 4],
    ["ada@@example.com", "domain-character", 4],
    ["ada@example..com", "domain-label", 12],
    ["ada@.example.com", "domain-label", 4],
    ["ada@example.com.", "domain-label", 16],
    ["ada@-example.com", "domain-label", 4],
    ["ada@example-.com", "domain-label", 4],
    ["ada@exa_mple.com", "domain-character", 7],
    ["ada@example.com (home)", "domain-character", 15],
    ["ada@example.com\n", "domain-character", 15],
    ["ada@example", "top-level-domain", 4],
    ["ada@192.0.2.1", "top-level-domain", 12],
    ["ada@☃.example", "domain-international", 4],
    ["ada@mail.☃.example", "domain-international", 9],
    ["ada@ü..example", "domain-label", 4],
    ["ada@ü.1", "top-level-domain", 6],
    ["ada@-ü.example", "domain-international", 4],
    ["ada@１.２.３.４", "domain-international", 4],
  ])("%j", (address, code, offset) => {
    expect(parseMailbox(address)).toEqual({ valid: false, code, offset });
  });

  test.each([
    "a@[192.0.2.256]",
    "a@[192.0.2]",
    "a@[192.0.2.1.1]",
    "a@[192.0.2.]",
    "a@[192.0.2.1",
    "a@[192.0.2.1]x",
    "a@[]",
    "a@[2001:db8::1]",
    "a@[IPv6:]",
    "a@[IPv6::1]",
    "a@[IPv6:1::2::3]",
    "a@[IPv6:1:2:3:4:5:6:7]",
    "a@[IPv6:1:2:3:4:5:6:7:8:9]",
    "a@[IPv6:1:2:3:4:5:6:7::8]",
    "a@[IPv6:12345::]",
    "a@[IPv6:192.0.2.1::]",
    "a@[IPv6:::192.0.2.256]",
    "a@[IPv5:1]",
    "a@[tag:content]",
  ])("%s is no literal", (address) => {
    expect(parseMailbox(address, RFC)).toMatchObject({ valid: false });
  });
});

describe("lengths are counted in octets", () => {
  const domainOf = (octets: number): string => {
    const labels = repeat(63).concat(".").repeat(4).slice(0, octets);
    return labels.endsWith(".") ? `${labels.slice(0, -2)}.x` : labels;
  };

  test.each<[string, string, string]>([
    [
      "local part",
      `${repeat(MAX_LOCAL_PART_OCTETS)}@a.bc`,
      `${repeat(MAX_LOCAL_PART_OCTETS + 1)}@a.bc`,
    ],
    ["local part beyond ASCII", `${repeat(32, "é")}@a.bc`, `${repeat(32, "é")}x@a.bc`],
    ["quoted local part", `"${repeat(62)}"@a.bc`, `"${repeat(63)}"@a.bc`],
    ["label", `a@${repeat(MAX_LABEL_OCTETS)}.bc`, `a@${repeat(MAX_LABEL_OCTETS + 1)}.bc`],
    ["address", `ab@${domainOf(MAX_ADDRESS_OCTETS - 3)}`, `ab@${domainOf(MAX_ADDRESS_OCTETS - 2)}`],
  ])("%s at its limit and one above", (_, within, above) => {
    expect(parseMailbox(within, RFC).valid).toBe(true);
    expect(parseMailbox(above, RFC).valid).toBe(false);
  });

  test("an international address is measured in UTF-8 as a whole", () => {
    const domain = `${repeat(60)}.${repeat(60)}.${repeat(60)}.example`;
    const address = `${repeat(31, "é")}@${domain}`;
    expect(new TextEncoder().encode(address)).toHaveLength(MAX_ADDRESS_OCTETS - 1);
    expect(parseMailbox(address).valid).toBe(true);
    expect(parseMailbox(`x${address}`).valid).toBe(true);
    expect(parseMailbox(`xx${address}`)).toMatchObject({ valid: false });
  });
});

describe("properties", () => {
  test("no text makes the parser throw, and a fault points into the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.boolean(), (text, rfc) => {
        const result = parseMailbox(text, rfc ? RFC : {});
        expect(result.valid || (result.offset >= 0 && result.offset <= text.length)).toBe(true);
      }),
    );
  });

  test("what is accepted comes back when it is put together again", () => {
    const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?$/);
    const atom = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/);
    const address = fc.tuple(
      fc.array(atom, { minLength: 1, maxLength: 4 }),
      fc.array(label, { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(address, ([atoms, labels]) => {
        const text = `${atoms.join(".")}@${labels.join(".")}.example`;
        const result = parseMailbox(text);
        expect(result.valid && `${result.localPart}@${result.domain}`).toBe(text);
      }),
    );
  });
});
