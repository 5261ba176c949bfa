import { createGeo } from "./create-geo.ts";
import { liveFile, type WatchOptions } from "./live-file.ts";
import type { GeoProvider, SyncGeoProvider } from "./provider.ts";

/** What a provider is, as long as its data stays the same. */
type Opened = Required<Pick<GeoProvider, "source" | "covers">> & Pick<SyncGeoProvider, "lookup">;

/** A provider over a file that may be replaced while it is used: everything is asked of the current content. */
export function fileProvider(
  input: string | URL | Uint8Array,
  open: (bytes: Uint8Array, name: string) => Opened,
  options: WatchOptions,
): SyncGeoProvider {
  const file = liveFile(input, open, options);
  return {
    get source() {
      return file.current.source;
    },
    get covers() {
      return file.current.covers;
    },
    lookup: (ip) => file.current.lookup(ip),
    join: createGeo,
    dispose: () => file.dispose(),
  };
}
