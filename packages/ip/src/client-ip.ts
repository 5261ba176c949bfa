// Who is asking? The order of DESIGN: the app's word, the platform's, the connection itself, then what
// trusted proxies say. Only a globally routable address identifies a client; nothing is guessed.
import { parseIpv4, type Ip } from "./address.ts";
import { formatIp } from "./format.ts";
import { walkForwarded, walkForwardedFor } from "./forwarding.ts";
import { isGlobal, isGlobalIpv4 } from "./global.ts";
import { parseHop, trimBlanks } from "./hop.ts";
import { keyOf, UNKNOWN_CLIENT } from "./key.ts";
import { platformHeaders, type Platform } from "./platform.ts";
import { compileProxies, type TrustedProxies } from "./proxies.ts";
import { cloudflare, type ClientIpHeader } from "./services.ts";

/** How the client address was found, from most to least trustworthy. */
export type Provenance =
  | "manual"
  | "platform"
  | "direct"
  | "trusted-proxy"
  | "unverified-header"
  | "conflict"
  | "development"
  | "none";

/** What is known of one request's origin. */
export interface ClientIpInput {
  /** Address of the other end of the connection. */
  readonly peer?: string | undefined;
  /** Headers by lower-case name, repeated fields joined by ", ". */
  readonly headers: { get(name: string): string | undefined };
  readonly proxies?: TrustedProxies | undefined;
  readonly platform?: Platform | undefined;
  /** The address as the app knows it. */
  readonly ipSrc?: string | undefined;
  /** Lets `x-arcjet-ip` override, and 127.0.0.1 stand in. Default: false. */
  readonly development?: boolean | undefined;
}

/** The client address and how it was found. */
export interface ClientIp {
  /** Canonical text; "" when no address identifies the client. */
  readonly ip: string;
  readonly provenance: Provenance;
  /** Whether the address is vouched for, so that a client may be blocked by it. */
  readonly verified: boolean;
  /** What the client is counted by: the address (IPv6 by /64), else that of the peer, else `unknown`. */
  readonly key: string;
  /** The header the address came from. */
  readonly header?: string;
}

const CLOUDFLARE = /* @__PURE__ */ compileProxies([/* @__PURE__ */ cloudflare()]);
const DEVELOPMENT_IP = "127.0.0.1";
const OVERRIDE_HEADER = "x-arcjet-ip";

/**
 * Finds the address of the client. Never throws, whatever the headers hold.
 *
 * @example
 * const { ip, provenance } = clientIp({ peer: "10.0.0.9", headers, proxies: compileProxies(["10.0.0.0/8"]) });
 */
export function clientIp(input: ClientIpInput): ClientIp {
  const { peer, ipSrc, platform } = input;
  if (ipSrc !== undefined && ipSrc !== "") return fromApp(ipSrc, peer);
  if (input.development === true) {
    const ip = parseHop(input.headers.get(OVERRIDE_HEADER) ?? "");
    if (ip !== undefined) return found(ip, "development", OVERRIDE_HEADER);
  }
  if (platform !== undefined) {
    const client = fromPlatform(input, platform);
    if (client !== undefined) return client;
  }
  const client =
    peer === undefined || peer === "" ? fromDeclaredProxies(input) : fromPeer(input, peer);
  if (client.ip === "" && input.development === true)
    return {
      ip: DEVELOPMENT_IP,
      provenance: "development",
      verified: false,
      key: DEVELOPMENT_IP,
    };
  return client;
}

/** The app's word counts, be the address public or not; what is no address leaves the client unknown. */
function fromApp(ipSrc: string, peer: string | undefined): ClientIp {
  const ip = parseHop(ipSrc);
  return ip === undefined ? unidentified(peer) : found(ip, "manual");
}

/** What the platform's own header says; for Cloudflare only when the connection comes from Cloudflare. */
function fromPlatform(input: ClientIpInput, platform: Platform): ClientIp | undefined {
  const { peer, headers, proxies } = input;
  if (platform === "cloudflare" && peer !== undefined && peer !== "") {
    const from = parseHop(peer);
    if (from === undefined || !CLOUDFLARE.set.has(from)) return undefined;
  }
  const named = namedIn(headers, platformHeaders(platform), proxies);
  if (named === undefined) return undefined;
  // A proxy of the app's in front of the platform, such as Cloudflare before Vercel, is not the client.
  if (proxies?.set.has(named.ip)) return fromTrustedPeer(input, named.ip, proxies);
  return found(named.ip, "platform", named.header);
}

function fromPeer(input: ClientIpInput, peer: string): ClientIp {
  const { proxies } = input;
  // Most connections are IPv4, plain or mapped: no address object is made for them.
  const mapped = peer.startsWith("::ffff:");
  const four = parseIpv4(peer, mapped ? 7 : 0);
  if (four >= 0 && !(proxies?.set.hasIpv4(four) ?? false)) {
    const text = mapped ? peer.slice(7) : peer;
    if (!isGlobalIpv4(four)) return fromPrivatePeer(input, text);
    return { ip: text, provenance: "direct", verified: true, key: text };
  }
  const ip = parseHop(peer);
  if (ip === undefined) return unidentified(undefined);
  if (proxies?.set.has(ip)) return fromTrustedPeer(input, ip, proxies);
  return isGlobal(ip) ? found(ip, "direct") : fromPrivatePeer(input, keyOf(ip));
}

function fromPrivatePeer(input: ClientIpInput, peerKey: string): ClientIp {
  // Proxies are named and this is none of them: nobody vouches for its headers.
  const named = input.proxies !== undefined && input.proxies.set.size > 0;
  const client = named ? undefined : walk(input, undefined, "unverified-header");
  return client ?? countedBy(peerKey);
}

function fromTrustedPeer(input: ClientIpInput, peer: Ip, proxies: TrustedProxies): ClientIp {
  for (const service of proxies.services) {
    if (!service.set.has(peer)) continue;
    if (!service.clientIp.some(({ header }) => present(input.headers.get(header)))) continue;
    const named = namedIn(input.headers, service.clientIp, proxies);
    return named === undefined
      ? unidentified(formatIp(peer))
      : found(named.ip, "trusted-proxy", named.header);
  }
  return walk(input, proxies, "trusted-proxy") ?? unidentified(formatIp(peer));
}

/** No connection to judge by: headers count only where the app says that proxies stand in front. */
function fromDeclaredProxies(input: ClientIpInput): ClientIp {
  const { proxies } = input;
  if (proxies === undefined || proxies.set.size === 0) return unidentified(undefined);
  return walk(input, proxies, "trusted-proxy") ?? unidentified(undefined);
}

/** The first of these headers that names a global address, and that address. */
function namedIn(
  headers: ClientIpInput["headers"],
  names: readonly ClientIpHeader[],
  proxies: TrustedProxies | undefined,
): { readonly ip: Ip; readonly header: string } | undefined {
  for (const { header, format } of names) {
    const value = headers.get(header);
    if (!present(value)) continue;
    const ip =
      format === "ips" ? walkForwardedFor(value, proxies?.set) : parseHop(trimBlanks(value));
    if (ip !== undefined && isGlobal(ip)) return { ip, header };
  }
  return undefined;
}

/** Walks the forwarding header; when both are there and disagree, neither is believed. */
function walk(
  { headers, peer }: ClientIpInput,
  proxies: TrustedProxies | undefined,
  provenance: Provenance,
): ClientIp | undefined {
  const only = proxies?.header;
  const list = only === "forwarded" ? undefined : headers.get("x-forwarded-for");
  const forwarded = only === "x-forwarded-for" ? undefined : headers.get("forwarded");
  const byList = present(list) ? walkForwardedFor(list, proxies?.set) : undefined;
  const byForwarded = present(forwarded) ? walkForwarded(forwarded, proxies?.set) : undefined;
  if (present(list) && present(forwarded) && text(byList) !== text(byForwarded))
    return conflict(peer);
  if (byList !== undefined) return found(byList, provenance, "x-forwarded-for");
  return byForwarded === undefined ? undefined : found(byForwarded, provenance, "forwarded");
}

function found(ip: Ip, provenance: Provenance, header?: string): ClientIp {
  const address = formatIp(ip);
  const verified =
    provenance === "manual" ||
    provenance === "platform" ||
    provenance === "direct" ||
    provenance === "trusted-proxy";
  const key = ip.family === 4 ? address : keyOf(ip);
  return header === undefined
    ? { ip: address, provenance, verified, key }
    : { ip: address, provenance, verified, key, header };
}

function conflict(peer: string | undefined): ClientIp {
  const ip = peer === undefined ? undefined : parseHop(peer);
  const address = ip === undefined ? "" : formatIp(ip);
  return { ip: address, provenance: "conflict", verified: false, key: peerKey(peer) };
}

function unidentified(peer: string | undefined): ClientIp {
  return countedBy(peerKey(peer));
}

function countedBy(key: string): ClientIp {
  return { ip: "", provenance: "none", verified: false, key };
}

function peerKey(peer: string | undefined): string {
  const ip = peer === undefined ? undefined : parseHop(peer);
  return ip === undefined ? UNKNOWN_CLIENT : keyOf(ip);
}

function text(ip: Ip | undefined): string {
  return ip === undefined ? "" : formatIp(ip);
}

function present(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
