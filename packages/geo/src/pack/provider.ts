import { fileProvider } from "../file-provider.ts";
import type { WatchOptions } from "../live-file.ts";
import type { FlagField, GeoSource, SyncGeoProvider } from "../provider.ts";
import type { ListKind } from "./format.ts";
import type { PackMeta } from "./meta.ts";
import { openPackBytes } from "./open.ts";

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
 * const geo = createGeo(openPack("./ip.pack"));
 */
export function openPack(
  input: string | URL | Uint8Array,
  options: WatchOptions = {},
): SyncGeoProvider {
  return fileProvider(input, openProvider, options);
}

function openProvider(bytes: Uint8Array, name: string) {
  const { meta, lookup } = openPackBytes(bytes, name);
  const flags = (family: "v4" | "v6") => meta.lists[family].map((kind) => FLAG_OF[kind]);
  return { source: sourceOf(meta), covers: { v4: flags("v4"), v6: flags("v6") }, lookup };
}

/** Sources that stand in the name of a pack. */
const NAMED_SOURCES = 3;

function sourceOf({ date, sources }: PackMeta): GeoSource {
  const said = sources.flatMap(({ attribution }) => attribution ?? []);
  const attribution = [...new Set(said)].join("; ");
  const first = sources.slice(0, NAMED_SOURCES).map((source) => source.name);
  const more = sources.length - first.length;
  const name = `pack of ${first.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return { name, date, ...(attribution !== "" && { attribution }) };
}
