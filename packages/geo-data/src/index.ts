import { openPack, type SyncGeoProvider } from "@arcjet/geo";

/** Where the pack lies, for those who read it themselves. */
export const packUrl: URL = new URL("./gen/ip.pack", import.meta.url);

/**
 * The compiled default pack as a provider: country, network, its name, type and main country, hosting and
 * service name. Where there is no file system, import `@arcjet/geo-data/ip.pack` as bytes and give them to
 * `openPack()` of `@arcjet/geo`.
 *
 * @example
 * import { createGeo } from "@arcjet/geo";
 * const geo = createGeo(pack());
 */
export function pack(): SyncGeoProvider {
  return openPack(packUrl, { watch: false });
}
