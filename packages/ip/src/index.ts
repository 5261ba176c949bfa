export { isMapped, parseIp, unmap, type Ip } from "./address.ts";
export { parseCidr, type Cidr } from "./cidr.ts";
export { CidrSet, compareIp } from "./cidr-set.ts";
export { clientIp, type ClientIp, type ClientIpInput, type Provenance } from "./client-ip.ts";
export type { IpFacts } from "./facts.ts";
export { formatIp } from "./format.ts";
export { MAX_HEADER_LENGTH, MAX_HOPS } from "./forwarding.ts";
export { isGlobal } from "./global.ts";
export { rateLimitKey, UNKNOWN_CLIENT } from "./key.ts";
export type { IpLookup } from "./lookup.ts";
export { detectPlatform, type Platform } from "./platform.ts";
export {
  compileProxies,
  type CompiledService,
  type ForwardingHeader,
  type ProxyOptions,
  type TrustedProxies,
} from "./proxies.ts";
export { cloudflare, fastly, type ClientIpHeader, type ProxyService } from "./services.ts";
