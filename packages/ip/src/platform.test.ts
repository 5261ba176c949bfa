import { describe, expect, it } from "vitest";
import { clientIp } from "./client-ip.ts";
import { platformHeaders, type Platform } from "./platform.ts";

const PLATFORMS: readonly Platform[] = ["cloudflare", "firebase", "fly-io", "render", "vercel"];
/** A peer from which each platform's header is believed. */
const PEERS: Readonly<Record<Platform, string>> = {
  cloudflare: "173.245.48.1",
  firebase: "10.0.0.9",
  "fly-io": "10.0.0.9",
  render: "10.0.0.9",
  vercel: "10.0.0.9",
};
const HOSTILE = [
  "10.0.0.1",
  "127.0.0.1",
  "0.0.0.0",
  "169.254.169.254",
  "100.64.0.1",
  "255.255.255.255",
  "::1",
  "fe80::1%eth0",
  "::ffff:10.0.0.1",
  "64:ff9b::10.0.0.1",
  "0177.0.0.1",
  "0x8.8.8.8",
  "134744072",
  "8.8.8",
  "8.8.8.8.8",
  "8.8.8.8/32",
  "8.8.8.8 9.9.9.9",
  "8.8.8.8;",
  "<8.8.8.8>",
  "unknown",
  "_hidden",
  ",",
  "8.8.8.8,",
  "8.8.8.8, nonsense",
  "٨.٨.٨.٨",
  "8.8.8.8\u0000",
  "x".repeat(10_000),
];

describe.each(PLATFORMS)("on %s", (platform) => {
  const peer = PEERS[platform];
  const headers = platformHeaders(platform).map(({ header }) => header);

  it.each(headers)("%s names the client", (header) => {
    const client = clientIp({ peer, platform, headers: new Map([[header, "93.184.216.34"]]) });
    expect(client).toMatchObject({ ip: "93.184.216.34", provenance: "platform", header });
  });

  it.each(headers)("%s identifies nobody by what is hostile", (header) => {
    for (const value of HOSTILE) {
      const client = clientIp({ peer, platform, headers: new Map([[header, value]]) });
      // Without a client, the peer is left: Cloudflare's own address is public, the others are private.
      const left = platform === "cloudflare" ? peer : "";
      expect([value.slice(0, 20), client.ip]).toEqual([value.slice(0, 20), left]);
      expect(client.provenance).not.toBe("platform");
    }
  });

  it("headers of other platforms are not read", () => {
    for (const other of PLATFORMS)
      for (const { header } of platformHeaders(other)) {
        if (headers.includes(header) || header === "x-forwarded-for") continue;
        const client = clientIp({ peer, platform, headers: new Map([[header, "93.184.216.34"]]) });
        expect([header, client.ip]).not.toContain("93.184.216.34");
      }
  });
});

it("a Cloudflare header from a peer outside Cloudflare is not believed", () => {
  for (const header of ["cf-connecting-ip", "cf-connecting-ipv6"]) {
    const client = clientIp({
      peer: "93.184.216.34",
      platform: "cloudflare",
      headers: new Map([[header, "8.8.8.8"]]),
    });
    expect(client).toMatchObject({ ip: "93.184.216.34", provenance: "direct" });
  }
});
