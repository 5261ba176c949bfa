// Content delivery networks as data: where they connect from, and which header of theirs names the client.

/** A header in which a service names the client. */
export interface ClientIpHeader {
  /** Lower-case header name. */
  readonly header: string;
  /** `ip`: exactly one address; `ips`: a list like X-Forwarded-For, nearest last. */
  readonly format: "ip" | "ips";
}

/** A service that stands between clients and the app. */
export interface ProxyService {
  readonly kind: "service";
  readonly name: string;
  /** Blocks the service connects from. */
  readonly ranges: readonly string[];
  /**
   * Headers the service itself sets, in order of preference. Empty means that it only appends to the
   * forwarding header.
   */
  readonly clientIp: readonly ClientIpHeader[];
}

/** Source: https://www.cloudflare.com/ips/, unchanged from September 2023 to August 2026. */
const CLOUDFLARE_RANGES: readonly string[] = [
  "103.21.244.0/22",
  "103.22.200.0/22",
  "103.31.4.0/22",
  "104.16.0.0/13",
  "104.24.0.0/14",
  "108.162.192.0/18",
  "131.0.72.0/22",
  "141.101.64.0/18",
  "162.158.0.0/15",
  "172.64.0.0/13",
  "173.245.48.0/20",
  "188.114.96.0/20",
  "190.93.240.0/20",
  "197.234.240.0/22",
  "198.41.128.0/17",
  "2400:cb00::/32",
  "2606:4700::/32",
  "2803:f800::/32",
  "2405:b500::/32",
  "2405:8100::/32",
  "2a06:98c0::/29",
  "2c0f:f248::/32",
];

/**
 * CF-Connecting-IP comes first: where Pseudo IPv4 overwrites it, it is reserved space (240.0.0.0/4) and
 * CF-Connecting-IPv6 has the address.
 */
export const CLOUDFLARE_HEADERS: readonly ClientIpHeader[] = [
  { header: "cf-connecting-ip", format: "ip" },
  { header: "cf-connecting-ipv6", format: "ip" },
];

/** Source: https://api.fastly.com/public-ip-list */
const FASTLY_RANGES: readonly string[] = [
  "23.235.32.0/20",
  "43.249.72.0/22",
  "103.244.50.0/24",
  "103.245.222.0/23",
  "103.245.224.0/24",
  "104.156.80.0/20",
  "140.248.64.0/18",
  "140.248.128.0/17",
  "146.75.0.0/17",
  "151.101.0.0/16",
  "157.52.64.0/18",
  "167.82.0.0/17",
  "167.82.128.0/20",
  "167.82.160.0/20",
  "167.82.224.0/20",
  "172.111.64.0/18",
  "185.31.16.0/22",
  "199.27.72.0/21",
  "199.232.0.0/16",
  "2a04:4e40::/32",
  "2a04:4e42::/32",
];

/**
 * Cloudflare as a trusted proxy, which names the client in CF-Connecting-IP.
 *
 * @example
 * compileProxies(["10.0.0.0/8", cloudflare()]);
 */
export function cloudflare(): ProxyService {
  return {
    kind: "service",
    name: "cloudflare",
    ranges: CLOUDFLARE_RANGES,
    clientIp: CLOUDFLARE_HEADERS,
  };
}

/**
 * Fastly as a trusted proxy. Fastly-Client-IP is not read: Fastly passes on what a client put there.
 *
 * @example
 * compileProxies([fastly()]);
 */
export function fastly(): ProxyService {
  return { kind: "service", name: "fastly", ranges: FASTLY_RANGES, clientIp: [] };
}
