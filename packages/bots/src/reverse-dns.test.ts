import { describe, expect, test, vi } from "vitest";
import { confirmHost, MAX_HOSTS, reverseName } from "./reverse-dns.ts";
import type { Resolver } from "./reverse-dns.ts";

describe("reverseName", () => {
  test.each([
    ["203.0.113.7", "7.113.0.203.in-addr.arpa"],
    ["255.254.0.1", "1.0.254.255.in-addr.arpa"],
    [
      "2001:db8::567:89ab",
      "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
    ],
  ])("%s", (address, name) => {
    expect(reverseName(address)).toBe(name);
  });

  test("refuses what is no address", () => {
    expect(() => reverseName("nowhere")).toThrow("Not an address");
  });
});

describe("confirmHost", () => {
  const confirm = (names: string[], addresses: Resolver["addresses"]) =>
    confirmHost({ reverse: async () => names, addresses }, "203.0.113.7", [".crawler.example"]);

  test("reads host names in any case, with or without the root", async () => {
    const addresses = vi.fn<Resolver["addresses"]>(async () => ["203.0.113.7"]);
    expect(await confirm(["A.CRAWLER.example."], addresses)).toBe(true);
    expect(addresses).toHaveBeenCalledWith("a.crawler.example", 4);
  });

  test.each(["crawler.example", "xcrawler.example", "a.crawler.example.evil.test"])(
    "does not take %s for a name of the operator",
    async (name) => {
      expect(await confirm([name], async () => ["203.0.113.7"])).toBe(false);
    },
  );

  test("is content with one name that confirms, though another fails", async () => {
    const names = ["a.crawler.example", "b.crawler.example"];
    const addresses = async (host: string) => {
      if (host.startsWith("a.")) throw new Error("SERVFAIL");
      return ["203.0.113.7"];
    };
    expect(await confirm(names, addresses)).toBe(true);
  });

  test("looks at as many names as it may, and not one more", async () => {
    const names = Array.from({ length: MAX_HOSTS + 1 }, (_, at) => `h${at}.crawler.example`);
    const only = (last: number) => async (host: string) =>
      host === `h${last}.crawler.example` ? ["203.0.113.7"] : [];
    expect(await confirm(names, only(MAX_HOSTS - 1))).toBe(true);
    expect(await confirm(names, only(MAX_HOSTS))).toBe(false);
  });

  test("compares addresses and not their spelling", async () => {
    const resolver = {
      reverse: async () => ["a.crawler.example"],
      addresses: async () => ["2001:0DB8:0::7"],
    };
    expect(await confirmHost(resolver, "2001:db8::7", [".crawler.example"])).toBe(true);
  });
});
