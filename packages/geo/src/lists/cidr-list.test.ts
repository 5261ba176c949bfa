import { describe, expect, it, vi } from "vitest";
import { ip } from "../../test/address.ts";
import { playedFile } from "../../test/played-file.ts";
import { GeoError } from "../geo-error.ts";
import { cidrList } from "./cidr-list.ts";
import type { CidrLists } from "./read-lists.ts";

const lookup = (lists: CidrLists, text: string) => cidrList(lists).lookup(ip(text));
const bytes = (text: string) => new TextEncoder().encode(text);

describe("cidrList", () => {
  it.each<[address: string, facts: object | undefined]>([
    ["10.0.0.1", { isVpn: true }],
    ["10.0.1.1", { isTor: true, isVpn: false }],
    ["10.0.2.1", { isRelay: true, isVpn: false }],
    ["10.0.3.1", { isVpn: true, isHosting: false }],
    ["10.1.0.1", { isHosting: true }],
    ["10.2.0.1", { isHosting: false, isCrawler: true, crawlerName: "Fetcher" }],
    ["10.3.0.1", { service: "Example Cloud" }],
    ["10.4.0.1", { isMobile: true, isProxy: true, isAbuser: true }],
    ["10.5.0.1", undefined],
    ["2001:db8::1", { isVpn: true }],
    ["::ffff:10.0.1.1", { isTor: true, isVpn: false }],
  ])("says of %s what its lists say, in the order of precedence", (address, facts) => {
    const lists: CidrLists = {
      vpn: ["10.0.0.0/22", "2001:db8::/32"],
      tor: ["10.0.1.1"],
      relay: ["10.0.2.0/24"],
      hosting: ["10.0.3.0/24", "10.1.0.0/16", "10.2.0.0/16"],
      crawlers: [{ name: "Fetcher", ranges: ["10.2.0.0/24"] }],
      services: [{ name: "Example Cloud", ranges: ["10.3.0.0/16"] }],
      mobile: ["10.4.0.0/16"],
      proxy: ["10.4.0.1"],
      abuser: ["10.4.0.1"],
    };
    expect(lookup(lists, address)).toEqual(facts);
  });

  it("reads files and bytes in any of the shapes that are published", () => {
    const url = new URL("../../test/list.txt", import.meta.url);
    expect(lookup({ vpn: url }, "192.0.2.9")).toEqual({ isVpn: true });
    expect(lookup({ tor: bytes('{"exits":["192.0.2.9"]}') }, "192.0.2.9")).toEqual({ isTor: true });
  });

  it("gives the more specific block of named lists, and of the same block the first", () => {
    const services = [
      { name: "Large", ranges: ["10.0.0.0/8", "11.0.0.0/8"] },
      { name: "Small", ranges: ["10.1.0.0/16", "11.0.0.0/8"] },
    ];
    expect(lookup({ services }, "10.1.0.1")).toEqual({ service: "Small" });
    expect(lookup({ services }, "10.2.0.1")).toEqual({ service: "Large" });
    expect(lookup({ services }, "11.0.0.1")).toEqual({ service: "Large" });
  });

  it("covers a kind only for families of which its list has blocks", () => {
    const lists = { vpn: ["10.0.0.0/8"], tor: ["10.0.0.1", "2001:db8::1"], services: [] };
    expect(cidrList(lists).covers).toEqual({ v4: ["isVpn", "isTor"], v6: ["isTor"] });
  });

  it("follows a file, keeps the old list when the new one is none, and stops when told", async () => {
    const file = playedFile(bytes("192.0.2.0/24\n"));
    const warn = vi.fn<(message: string) => void>();
    const list = cidrList({ vpn: "vpn.txt", tor: ["9.9.9.9"] }, { fs: file.fs, warn });
    await file.replace(bytes("198.51.100.0/24\n2001:db8::/32\n"));
    expect([list.lookup(ip("192.0.2.1")), list.lookup(ip("198.51.100.1"))]).toEqual([
      undefined,
      { isVpn: true },
    ]);
    expect(list.lookup(ip("9.9.9.9"))).toEqual({ isTor: true });
    expect(list.covers?.v6).toEqual(["isVpn"]);
    await file.replace(bytes("<html>"));
    expect(list.lookup(ip("198.51.100.1"))).toEqual({ isVpn: true });
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/vpn\.txt is not used/)]]);
    list.dispose();
    expect(file.isWatched()).toBe(false);
  });

  it("says where it comes from", () => {
    expect(cidrList({}, { name: "mine", date: "2026-01-01" }).source).toEqual({
      name: "mine",
      date: "2026-01-01",
    });
    expect(cidrList({}).source).toEqual({ name: "address lists", date: undefined });
  });

  it.each<[lists: unknown, message: RegExp]>([
    [{ vpns: ["10.0.0.0/8"] }, /option `vpns` is unknown: use one of relay, tor, vpn/],
    [{ crawler: ["10.0.0.0/8"] }, /option `crawler` is unknown.*crawlers/],
    [{ vpn: ["10.0.0.0/33"] }, /`vpn` holds "10.0.0.0\/33": write blocks as/],
    [{ vpn: bytes("<html>") }, /`vpn` is no address list/],
    [{ vpn: "./is/not/there.txt" }, /cannot read \.\/is\/not\/there\.txt/],
    [{ crawlers: [{ name: "X", ranges: ["y"] }] }, /`crawlers` \(X\) holds "y"/],
    [{ vpn: 7 }, /`vpn` must be/],
    [{ crawlers: "./a.txt" }, /`crawlers` must be/],
    [undefined, /cidrList\(\) needs lists/],
  ])("refuses %j", (lists, message) => {
    expect(() => cidrList(lists as CidrLists)).toThrow(GeoError);
    expect(() => cidrList(lists as CidrLists)).toThrow(message);
  });
});
