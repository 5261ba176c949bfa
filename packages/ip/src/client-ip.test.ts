import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientIp, type ClientIpInput } from "./client-ip.ts";
import { MAX_HEADER_LENGTH, MAX_HOPS } from "./forwarding.ts";
import { detectPlatform } from "./platform.ts";
import { compileProxies, type ForwardingHeader } from "./proxies.ts";
import { cloudflare, fastly, type ProxyService } from "./services.ts";

type Given = Omit<ClientIpInput, "headers" | "proxies"> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly proxies?: readonly (string | ProxyService)[];
  readonly header?: ForwardingHeader;
};

function find({ headers = {}, proxies, header, ...rest }: Given) {
  const compiled = proxies && compileProxies(proxies, header === undefined ? {} : { header });
  return clientIp({ ...rest, headers: { get: (name) => headers[name] }, proxies: compiled });
}

const xff = (value: string) => ({ "x-forwarded-for": value });
const PROXY = "10.0.0.9";
const behind = { peer: PROXY, proxies: ["10.0.0.0/8", "9.9.9.9"] };
const CF = "173.245.48.5";

describe("clientIp", () => {
  it.each<[string, Given, string, string]>([
    ["the app's word", { ipSrc: "8.8.8.8", peer: "1.1.1.1" }, "8.8.8.8", "manual"],
    ["the app's word about a private address", { ipSrc: "10.1.1.1" }, "10.1.1.1", "manual"],
    ["the app's word, when it is no address", { ipSrc: "nobody", peer: "1.1.1.1" }, "", "none"],
    ["a global peer", { peer: "8.8.8.8", headers: xff("1.1.1.1") }, "8.8.8.8", "direct"],
    ["a mapped peer", { peer: "::ffff:8.8.8.8" }, "8.8.8.8", "direct"],
    ["an IPv6 peer", { peer: "2606:4700:0:0::1" }, "2606:4700::1", "direct"],
    [
      "a global peer that is no named proxy",
      { peer: "8.8.8.8", proxies: ["9.9.9.9"], headers: xff("1.1.1.1") },
      "8.8.8.8",
      "direct",
    ],
    [
      "the nearest hop that is no proxy",
      { ...behind, headers: xff("6.6.6.6, 1.1.1.1, 9.9.9.9, 10.2.2.2") },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "private hops skipped",
      { ...behind, headers: xff("1.1.1.1, 192.168.0.4") },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "ports, brackets and zones dropped",
      { ...behind, headers: xff("[2606:4700::1%25]:443") },
      "2606:4700::1",
      "trusted-proxy",
    ],
    [
      "an IPv4 hop with a port",
      { ...behind, headers: xff("1.1.1.1:8080") },
      "1.1.1.1",
      "trusted-proxy",
    ],
    ["nothing beyond a malformed hop", { ...behind, headers: xff("1.1.1.1, unknown") }, "", "none"],
    ["nothing beyond an empty hop", { ...behind, headers: xff("1.1.1.1,") }, "", "none"],
    ["nothing of octal notation", { ...behind, headers: xff("0177.0.0.1") }, "", "none"],
    [
      "Forwarded when only that is there",
      { ...behind, headers: { forwarded: 'for="[2606:4700::1]:80";proto=https' } },
      "2606:4700::1",
      "trusted-proxy",
    ],
    [
      "Forwarded walked from the right",
      { ...behind, headers: { forwarded: "for=6.6.6.6, for=1.1.1.1, for=10.1.1.1" } },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "a quoted comma in Forwarded",
      { ...behind, headers: { forwarded: 'for=1.1.1.1;by="a,for=6.6.6.6"' } },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "nothing of an obfuscated node",
      { ...behind, headers: { forwarded: "for=1.1.1.1, for=_hidden" } },
      "",
      "none",
    ],
    [
      "nothing of a repeated for",
      { ...behind, headers: { forwarded: "for=1.1.1.1;for=6.6.6.6" } },
      "",
      "none",
    ],
    [
      "the peer when both headers disagree",
      { ...behind, headers: { ...xff("1.1.1.1"), forwarded: "for=6.6.6.6" } },
      PROXY,
      "conflict",
    ],
    [
      "one answer when both agree",
      { ...behind, headers: { ...xff("1.1.1.1"), forwarded: "for=1.1.1.1" } },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "only the header that is named",
      { ...behind, header: "forwarded", headers: { ...xff("6.6.6.6"), forwarded: "for=1.1.1.1" } },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "a private peer's header, unverified",
      { peer: "10.0.0.1", headers: xff("1.1.1.1") },
      "1.1.1.1",
      "unverified-header",
    ],
    [
      "nothing of a private peer that is no named proxy",
      { peer: "192.168.0.1", proxies: ["10.0.0.0/8"], headers: xff("1.1.1.1") },
      "",
      "none",
    ],
    ["no header without a peer", { headers: xff("1.1.1.1") }, "", "none"],
    [
      "a header without a peer where proxies are named",
      { proxies: ["10.0.0.0/8"], headers: xff("6.6.6.6, 1.1.1.1") },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "the fallback of development",
      { peer: "127.0.0.1", development: true },
      "127.0.0.1",
      "development",
    ],
    [
      "the override of development",
      { peer: "127.0.0.1", development: true, headers: { "x-arcjet-ip": "1.1.1.1" } },
      "1.1.1.1",
      "development",
    ],
    [
      "no override outside development",
      { peer: "8.8.8.8", headers: { "x-arcjet-ip": "1.1.1.1" } },
      "8.8.8.8",
      "direct",
    ],
    [
      "Cloudflare's header from Cloudflare",
      { platform: "cloudflare", peer: CF, headers: { "cf-connecting-ip": "1.1.1.1" } },
      "1.1.1.1",
      "platform",
    ],
    [
      "no Cloudflare header from elsewhere",
      { platform: "cloudflare", peer: "8.8.8.8", headers: { "cf-connecting-ip": "1.1.1.1" } },
      "8.8.8.8",
      "direct",
    ],
    [
      "Cloudflare as a named proxy",
      {
        proxies: [cloudflare()],
        peer: CF,
        headers: { "cf-connecting-ip": "1.1.1.1", ...xff("6.6.6.6") },
      },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "a forged Cloudflare header",
      { proxies: [cloudflare()], peer: "8.8.8.8", headers: { "cf-connecting-ip": "1.1.1.1" } },
      "8.8.8.8",
      "direct",
    ],
    [
      "Cloudflare's header without a peer, on Workers",
      { platform: "cloudflare", headers: { "cf-connecting-ip": "1.1.1.1" } },
      "1.1.1.1",
      "platform",
    ],
    [
      "a private address in a platform's header",
      { platform: "fly-io", peer: "10.0.0.1", headers: { "fly-client-ip": "10.1.1.1" } },
      "",
      "none",
    ],
    [
      "Fly's header",
      {
        platform: "fly-io",
        peer: "10.0.0.1",
        headers: { "fly-client-ip": "1.1.1.1", ...xff("6.6.6.6") },
      },
      "1.1.1.1",
      "platform",
    ],
    [
      "Vercel's header",
      { platform: "vercel", headers: { "x-real-ip": "1.1.1.1", ...xff("6.6.6.6") } },
      "1.1.1.1",
      "platform",
    ],
    [
      "Render's header",
      { platform: "render", headers: { "true-client-ip": "1.1.1.1" } },
      "1.1.1.1",
      "platform",
    ],
    [
      "Firebase's header",
      { platform: "firebase", headers: { "x-fah-client-ip": "1.1.1.1" } },
      "1.1.1.1",
      "platform",
    ],
    [
      "Fastly walks the forwarding header",
      {
        proxies: [fastly()],
        peer: "151.101.1.1",
        headers: { ...xff("6.6.6.6, 1.1.1.1"), "fastly-client-ip": "6.6.6.6" },
      },
      "1.1.1.1",
      "trusted-proxy",
    ],
  ])("takes %s", (_, given, ip, provenance) => {
    expect(find(given)).toMatchObject({ ip, provenance });
  });

  it("vouches only for what cannot be forged", () => {
    const verified = [
      { ipSrc: "8.8.8.8" },
      { peer: "8.8.8.8" },
      { ...behind, headers: xff("1.1.1.1") },
    ];
    const not = [
      { peer: "10.0.0.1", headers: xff("1.1.1.1") },
      {},
      { development: true },
      { ...behind, headers: { ...xff("1.1.1.1"), forwarded: "for=6.6.6.6" } },
    ];
    expect([...verified, ...not].map((given) => find(given).verified)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("counts a client without an address by its peer, else under one name", () => {
    expect([
      find({ peer: "10.0.0.1" }).key,
      find({}).key,
      find({ peer: "/run/app.sock" }).key,
    ]).toEqual(["10.0.0.1", "unknown", "unknown"]);
  });

  it(`reads ${MAX_HOPS} hops and no more`, () => {
    const chain = (hops: number) => `1.1.1.1${", 10.0.0.1".repeat(hops - 1)}`;
    expect(find({ ...behind, headers: xff(chain(MAX_HOPS)) }).ip).toBe("1.1.1.1");
    expect(find({ ...behind, headers: xff(chain(MAX_HOPS + 1)) }).ip).toBe("");
  });

  it(`reads ${MAX_HEADER_LENGTH} characters and no more`, () => {
    const padded = (length: number) => `1.1.1.1,${"10.0.0.1".padStart(length - 8)}`;
    expect(find({ ...behind, headers: xff(padded(MAX_HEADER_LENGTH)) }).ip).toBe("1.1.1.1");
    expect(find({ ...behind, headers: xff(padded(MAX_HEADER_LENGTH + 1)) }).ip).toBe("");
    expect(find({ ...behind, headers: xff(`6.6.6.6,${" ".repeat(1_000_000)},1.1.1.1`) }).ip).toBe(
      "1.1.1.1",
    );
  });

  it("never throws, and never takes an address left of one it did not read", () => {
    const piece = fc.constantFrom(
      "6.6.6.6",
      "1.1.1.1",
      "10.0.0.1",
      ",",
      ";",
      "for=",
      '"',
      "[",
      "]",
      ":",
      "%",
      "::1",
      "unknown",
      " ",
      "\\",
      "\u0000",
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom("x-forwarded-for", "forwarded"),
        (pieces, name) => {
          const text = pieces.join("");
          const tail = name === "forwarded" ? ", for=8.8.4.4" : ", 8.8.4.4";
          expect(typeof find({ ...behind, headers: { [name]: text } }).ip).toBe("string");
          expect(find({ ...behind, headers: { [name]: text + tail } }).ip).toBe("8.8.4.4");
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("compileProxies", () => {
  it.each([
    [["0.0.0.0/0"], "/0"],
    [["::/0"], "/0"],
    [["10.0.0.0/33"], "10.0.0.0/33"],
    [["localhost"], "localhost"],
    [[""], '""'],
    [[{ kind: "service", name: "x", ranges: ["bad"], clientIp: [] }], "bad"],
  ])("refuses %j", (proxies, message) => {
    expect(() => compileProxies(proxies as readonly string[])).toThrow(message);
  });
});

describe("detectPlatform", () => {
  it.each([
    [{ FIREBASE_CONFIG: "{}" }, "", "firebase"],
    [{ FLY_APP_NAME: "a" }, "", "fly-io"],
    [{ VERCEL: "1" }, "", "vercel"],
    [{ RENDER: "true" }, "", "render"],
    [{}, "Cloudflare-Workers", "cloudflare"],
    [{ VERCEL: "0", RENDER: "false" }, "Node.js/22", undefined],
  ])("reads %j on %j as %s", (env, runtime, platform) => {
    expect(detectPlatform(env, runtime)).toBe(platform);
  });
});
