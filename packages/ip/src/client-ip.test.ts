import { describe, expect, it } from "vitest";
import { clientIp, type ClientIpInput } from "./client-ip.ts";
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
      "Forwarded when only that is there",
      { ...behind, headers: { forwarded: 'for="[2606:4700::1]:80";proto=https' } },
      "2606:4700::1",
      "trusted-proxy",
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
      "what a named service in front of the platform says",
      {
        platform: "vercel",
        proxies: [cloudflare()],
        headers: { "x-real-ip": CF, "cf-connecting-ip": "1.1.1.1" },
      },
      "1.1.1.1",
      "trusted-proxy",
    ],
    [
      "no service's word that did not come by way of that service",
      {
        platform: "vercel",
        proxies: [cloudflare()],
        headers: { "x-real-ip": "8.8.8.8", "cf-connecting-ip": "1.1.1.1" },
      },
      "8.8.8.8",
      "platform",
    ],
    [
      "nobody, when the platform names a proxy that names nobody",
      { platform: "fly-io", proxies: ["9.9.9.9"], headers: { "fly-client-ip": "9.9.9.9" } },
      "",
      "none",
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
