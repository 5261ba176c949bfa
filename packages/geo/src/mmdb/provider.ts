import type { Ip, IpFacts } from "@arcjet/ip";
import { fileProvider } from "../file-provider.ts";
import type { WatchOptions } from "../live-file.ts";
import type { FlagCoverage, FlagField, GeoSource, SyncGeoProvider } from "../provider.ts";
import { slotCache } from "../slot-cache.ts";
import { buildDay, type MmdbMetadata, openMmdb } from "./reader.ts";
import { recordFacts } from "./record.ts";

/** 2 to the power of this many records are kept ready; most are shared by many networks. */
const CACHE_BITS = 13;

/** Flags a file of anonymous addresses decides for all addresses. */
const ANONYMOUS_FLAGS: readonly FlagField[] = ["isHosting", "isVpn", "isProxy", "isTor"];

/**
 * A MaxMind DB file as a provider: files of MaxMind, DB-IP, IPinfo and ip-location-db. A path is read at
 * once and followed: a newer file replaces the old without a gap. An IPv4-only file knows nothing of IPv6.
 *
 * Throws a {@link GeoError} when the file cannot be read or is damaged.
 *
 * @example
 * createGeo([mmdb("./GeoLite2-City.mmdb"), mmdb("./GeoIP2-Anonymous-IP.mmdb")]);
 */
export function mmdb(
  input: string | URL | Uint8Array,
  options: WatchOptions = {},
): SyncGeoProvider {
  return fileProvider(input, openProvider, options);
}

function openProvider(bytes: Uint8Array, name: string) {
  const reader = openMmdb(bytes, name);
  const { metadata } = reader;
  const cached = slotCache<IpFacts | null>(CACHE_BITS);
  const read = (offset: number): IpFacts | null => {
    const record = reader.read(offset);
    return record === undefined ? null : recordFacts(record, metadata);
  };
  const source: GeoSource = {
    name: metadata.databaseType || name,
    date: buildDay(metadata),
  };
  return {
    source,
    covers: coverage(metadata),
    lookup(ip: Ip): IpFacts | undefined {
      const offset = reader.find(ip);
      if (offset < 0) return undefined;
      const known = cached.get(offset);
      const facts = known === undefined ? cached.set(offset, read(offset)) : known;
      return facts ?? undefined;
    },
  };
}

function coverage({ databaseType, ipVersion }: MmdbMetadata): FlagCoverage {
  const v4 = /anonymous/i.test(databaseType) ? ANONYMOUS_FLAGS : [];
  return { v4, v6: ipVersion === 6 ? v4 : [] };
}
