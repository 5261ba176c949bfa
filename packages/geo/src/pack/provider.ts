import { liveFile, type WatchOptions } from "../live-file.ts";
import type { FlagField, SyncGeoProvider } from "../provider.ts";
import { type ListKind } from "./format.ts";
import { type OpenPack, openPackBytes } from "./open.ts";

/** The question each kind of list answers. */
export const FLAG_OF: Readonly<Record<ListKind, FlagField>> = {
  relay: "isRelay",
  tor: "isTor",
  vpn: "isVpn",
  hosting: "isHosting",
  proxy: "isProxy",
  crawler: "isCrawler",
  mobile: "isMobile",
  abuser: "isAbuser",
};

/**
 * A compiled pack as a provider, from a file or from bytes. A path is read at once and followed.
 *
 * Throws a {@link GeoError} when the pack cannot be read or is damaged.
 *
 * @example
 * const geo = createGeo(openPack("./data/ip.pack"));
 */
export function openPack(
  input: string | URL | Uint8Array,
  options: WatchOptions = {},
): SyncGeoProvider {
  const file = liveFile(input, openPackBytes, options);
  return {
    get source() {
      return { name: packName(file.current), date: file.current.meta.date };
    },
    get covers() {
      return file.current.meta.lists.map((kind) => FLAG_OF[kind]);
    },
    lookup: (ip) => file.current.lookup(ip),
    dispose: () => file.dispose(),
  };
}

function packName({ meta }: OpenPack): string {
  return `pack of ${meta.sources.map(({ name }) => name).join(", ")}`;
}
