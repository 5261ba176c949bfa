import { describe, expect, test } from "vitest";
import { scan } from "./scan.ts";
import { DEFAULT_TYPES, OPT_IN_TYPES } from "./span.ts";

const ALL = new Set([...DEFAULT_TYPES, ...OPT_IN_TYPES]);
const repeat = (count: number, text: string): string => text.repeat(count);

/** What is found, as `TYPE text`. */
const found = (text: string): readonly string[] =>
  scan(text, ALL).map(
    ({ start, end, identifiedType }) => `${identifiedType} ${text.slice(start, end)}`,
  );

describe("what stands around a value", () => {
  test.each<[string, readonly string[]]>([
    ["(+49 30 901820)", ["PHONE_NUMBER +49 30 901820"]],
    ["(415) 555-0143)", ["PHONE_NUMBER (415) 555-0143"]],
    ["(035-84-4756)", ["US_SSN 035-84-4756"]],
    ["8 (495) 123-45-67", ["PHONE_NUMBER 8 (495) 123-45-67"]],
    ["dial 011 44 20 7946 0355", ["PHONE_NUMBER 011 44 20 7946 0355"]],
    ["Hotline: 0180 5 659979", ["PHONE_NUMBER 0180 5 659979"]],
    ["+44 7700 900927,54", ["PHONE_NUMBER +44 7700 900927"]],
    ["4111111111111111,12/27,123", ["CREDIT_CARD_NUMBER 4111111111111111"]],
    ["219-09-9999,1980-01-02", ["US_SSN 219-09-9999"]],
    ["total 12 345 678,90", []],
    ["Boston, MA 02110-1301", []],
    ["tel 12345678,90", []],
    ["tel aviv 2024 2025", []],
    ["il mio numero è 347 123 5249", ["PHONE_NUMBER 347 123 5249"]],
    ["my order number is 347 123 5249", []],
    ["o'nowak@example.com", ["EMAIL o'nowak@example.com"]],
    ["sean.O'brien@example.com", ["EMAIL sean.O'brien@example.com"]],
    ["b'ada@example.com'", ["EMAIL ada@example.com"]],
    ["foo'ada@example.com'", ["EMAIL ada@example.com"]],
    ["https://ada@example.com/", []],
    ["postgres://app:pw@db.example.com:5432/x", []],
    ["user:ada@example.com:1000", ["EMAIL ada@example.com"]],
    ["mailto:ada@example.com", ["EMAIL ada@example.com"]],
    [
      "4db2:fec6:aa38:1b1a:49a2:489a:c5b4:9a0b",
      ["IP_ADDRESS 4db2:fec6:aa38:1b1a:49a2:489a:c5b4:9a0b"],
    ],
    ["1234:5678:9012:3456:7890:1234:5678:9012", []],
    ["50:06:01:60:3b:a0:12:34", []],
    ["AppVersion=5.1.2.3", []],
    ["Firefox 115.0.2.1", []],
    ["openssl 3.0.2.1 vs 1.1.1.9", []],
    ["1.2.3.4 is the newest release", []],
    ["ubuntu 192.168.1.5", ["IP_ADDRESS 192.168.1.5"]],
    ["CC#4111111111111111", ["CREDIT_CARD_NUMBER 4111111111111111"]],
    ["order #4111111111111111", []],
    ["1 (888) 555-0164", ["PHONE_NUMBER 1 (888) 555-0164"]],
    ["Tel: 0 532 123 86 66", ["PHONE_NUMBER 0 532 123 86 66"]],
    ["312/555-0124", ["PHONE_NUMBER 312/555-0124"]],
    ["514 555-0134", ["PHONE_NUMBER 514 555-0134"]],
    ["policy number 0161 496 0123", []],
    ["customer no. 0161 496 0123", []],
    ["the number 0161 496 0123", ["PHONE_NUMBER 0161 496 0123"]],
    ["contact no. 0161 496 0123", ["PHONE_NUMBER 0161 496 0123"]],
    ["the number of the office is 0161 496 0123", ["PHONE_NUMBER 0161 496 0123"]],
    ["social security number 219099999", ["US_SSN 219099999"]],
    ["numéro client 01 42 68 53 00", []],
    ["mon numéro est le 01 42 68 53 00", ["PHONE_NUMBER 01 42 68 53 00"]],
    ["numéro vert 800 123 725", ["PHONE_NUMBER 800 123 725"]],
    ['"customerNumber":"0664123456","contact_number":"0664123456"', ["PHONE_NUMBER 0664123456"]],
    ["受付番号 011-211-1234", []],
    ["電話番号 011-211-1234", ["PHONE_NUMBER 011-211-1234"]],
    ["312/555/0124", []],
    ["Vertragsnummer 0815 4711 2233", []],
    ["Handynummer 0815 4711 2233", ["PHONE_NUMBER 0815 4711 2233"]],
    ["unter der Nummer 0815 4711 2233", ["PHONE_NUMBER 0815 4711 2233"]],
    ['"mobile": null, "orderId": "2024738060"', []],
    ["git@example.com:team/app.git", []],
    ["root@example.com:/var/log", []],
    ["ada@example.com:1000/2", ["EMAIL ada@example.com"]],
    ["ada@example.com: yes/no", ["EMAIL ada@example.com"]],
    ["@ada@social.example", []],
    ["x@ada@social.example", ["EMAIL ada@social.example"]],
    ["image: registry.example/team/app:80.14.2.3", []],
    ["http://80.14.2.3/app", ["IP_ADDRESS 80.14.2.3"]],
    ["firmware 77.4.2.1 mends what 77.4.1.9 broke", []],
    ["firmware 77.4.2.1 on the host at 78.4.1.9", ["IP_ADDRESS 78.4.1.9"]],
    ['"dependencies": { "left": "21.3.0.2" }', []],
    ["x >=22.0.0.0 <23.0.0.0", []],
    ["as 26.2.1.1 above says", []],
    ["given in 6.2.1.1", []],
    ["given in 20.20.20.19", []],
    ["given in 20.20.20.21", ["IP_ADDRESS 20.20.20.21"]],
    ["ping 6.2.1.1", ["IP_ADDRESS 6.2.1.1"]],
    ["6.2.1.1:80", ["IP_ADDRESS 6.2.1.1"]],
    ["6.2.1.1 - - [11/Mar/2024:09:22:41 +0000]", ["IP_ADDRESS 6.2.1.1"]],
    ["is 1.1.1.1 quick", ["IP_ADDRESS 1.1.1.1"]],
    ["is 10.2.1.1 quick", ["IP_ADDRESS 10.2.1.1"]],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    ["half of a pair", "\ud83d ada@example.com"],
    ["the other half", "\ude00 ada@example.com"],
    ["a whole one", "😀ada@example.com"],
    ["a byte order mark", "\ufeff ada@example.com"],
    ["a text that was joined", ["\u0000 ", "ada@", "example.com"].join("")],
  ])("offsets are those of the text as given, behind %s", (_, text) => {
    expect(scan(text, ALL)).toEqual([{ start: 2, end: text.length, identifiedType: "EMAIL" }]);
  });

  test("a secret mixes its characters; a name in words does not", () => {
    const secret = "q8ZtR2vXw7";
    expect(found(`sk-svcacct-${repeat(4, secret)}`)).toHaveLength(1);
    expect(found(`1234567890:AA${repeat(3, secret)}abc`)).toHaveLength(1);
    expect(found(`1234567890:AA${repeat(3, secret)}ab`)).toEqual([]);
    expect(found(`1234567890:AA${repeat(3, secret)}abcd`)).toEqual([]);
    expect(found("sk-proj-your-key-goes-here-please-replace-me-2")).toEqual([]);
    expect(found("xoxb-000000000000-placeholder")).toEqual([]);
    expect(found(`eyJ${repeat(3, secret)}.${repeat(2, secret)}.-${secret}`)).toHaveLength(1);
  });
});
