import { parseCidr, type Cidr } from "./cidr.ts";
import { CidrSet } from "./cidr-set.ts";
import type { ClientIpHeader, ProxyService } from "./services.ts";

/** The forwarding header that is walked: the de-facto one, or that of RFC 7239. */
export type ForwardingHeader = "x-forwarded-for" | "forwarded";

/** A service with its blocks compiled. */
export interface CompiledService {
  readonly name: string;
  readonly set: CidrSet;
  readonly clientIp: readonly ClientIpHeader[];
}

/** Proxies whose word about the client is taken, compiled by {@link compileProxies}. */
export interface TrustedProxies {
  /** Every trusted address, those of services included. */
  readonly set: CidrSet;
  readonly services: readonly CompiledService[];
  /** The one header to walk; undefined: X-Forwarded-For, or Forwarded when only that is there. */
  readonly header: ForwardingHeader | undefined;
}

/** How forwarding headers are read. */
export interface ProxyOptions {
  /** Walk this header alone. Default: X-Forwarded-For, or Forwarded when only that is there. */
  readonly header?: ForwardingHeader;
}

const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * Compiles the proxies an app trusts: addresses, blocks, and services such as {@link cloudflare}.
 *
 * Throws a TypeError that names the entry when one is malformed, or a block of length 0, which would
 * trust everybody.
 *
 * @example
 * const proxies = compileProxies(["10.0.0.0/8", "192.168.0.1", cloudflare()]);
 */
export function compileProxies(
  proxies: readonly (string | ProxyService)[],
  options: ProxyOptions = {},
): TrustedProxies {
  if (!Array.isArray(proxies))
    throw new TypeError("`proxies` must be an array of addresses, blocks and services");
  const { header } = options;
  if (header !== undefined && header !== "x-forwarded-for" && header !== "forwarded")
    throw new TypeError(
      `\`header\` is ${JSON.stringify(header)}: use "x-forwarded-for" or "forwarded"`,
    );
  const blocks: Cidr[] = [];
  const services: CompiledService[] = [];
  for (const proxy of proxies) {
    if (typeof proxy === "string") {
      blocks.push(trustedBlock(proxy, "proxies"));
    } else {
      const service = compileService(proxy);
      services.push(service.compiled);
      blocks.push(...service.blocks);
    }
  }
  return { set: new CidrSet(blocks), services, header };
}

function compileService(service: ProxyService): { compiled: CompiledService; blocks: Cidr[] } {
  if (service?.kind !== "service" || !Array.isArray(service.ranges))
    throw new TypeError(
      `\`proxies\` holds ${JSON.stringify(service)}: use an address, a block or a service such as cloudflare()`,
    );
  const { name, ranges, clientIp = [] } = service;
  for (const { header, format } of clientIp)
    if (!HEADER_NAME.test(header) || (format !== "ip" && format !== "ips"))
      throw new TypeError(
        `service ${JSON.stringify(name)} in \`proxies\` has the header ${JSON.stringify(header)} with format ${JSON.stringify(format)}: use a lower-case header name and "ip" or "ips"`,
      );
  const blocks = ranges.map((range) => trustedBlock(range, `the service ${JSON.stringify(name)}`));
  return { compiled: { name, set: new CidrSet(blocks), clientIp }, blocks };
}

function trustedBlock(text: string, where: string): Cidr {
  const cidr = typeof text === "string" ? parseCidr(text.trim()) : undefined;
  if (cidr === undefined)
    throw new TypeError(
      `invalid proxy address ${JSON.stringify(text)} in \`${where}\`: use an address or a block such as 10.0.0.0/8`,
    );
  if (cidr.bits === 0)
    throw new TypeError(
      `proxy block ${JSON.stringify(text)} in \`${where}\` trusts every address: name the blocks of your own proxies`,
    );
  return cidr;
}
