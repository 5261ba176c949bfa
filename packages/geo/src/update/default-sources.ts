import { rangeSources } from "@arcjet/bots";
import type { UpdateSource } from "./source.ts";

const X4B = "https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output";
const X4B_LICENCE = "X4BNet lists_vpn, MIT";

/**
 * Where a pack is made from when nothing else is said: IPtoASN (country, network and its handle), ipverse
 * (full names and countries of networks), the exits of Tor, the egress of iCloud Private Relay, the VPN and
 * data centre lists of X4BNet, and what operators publish of their crawlers. Each is fetched by whoever runs
 * the update, from its publisher; names and crawlers may be missing.
 */
export const defaultSources: readonly UpdateSource[] = [
  {
    kind: "table",
    name: "iptoasn.com",
    from: "https://iptoasn.com/data/ip2asn-combined.tsv.gz",
    attribution: "IPtoASN, PDDL 1.0",
  },
  {
    kind: "networks",
    name: "ipverse as-metadata",
    from: "https://raw.githubusercontent.com/ipverse/as-metadata/master/as.csv",
    attribution: "ipverse as-metadata, CC0 1.0",
    optional: true,
  },
  { kind: "tor", name: "torproject.org", from: "https://check.torproject.org/torbulkexitlist" },
  {
    kind: "relay",
    name: "mask-api.icloud.com",
    from: "https://mask-api.icloud.com/egress-ip-ranges.csv",
    label: "iCloud Private Relay",
  },
  ...(["vpn", "hosting"] as const).flatMap((kind) =>
    (["ipv4", "ipv6"] as const).map((family): UpdateSource => ({
      kind,
      name: `X4BNet ${kind} ${family}`,
      from: `${X4B}/${kind === "hosting" ? "datacenter" : kind}/${family}.txt`,
      attribution: X4B_LICENCE,
    })),
  ),
  ...rangeSources.map(({ name, url }): UpdateSource => ({
    kind: "crawler",
    name: `${name} of ${new URL(url).hostname}`,
    from: url,
    label: name,
    optional: true,
  })),
];
