export type { AsnType } from "./build/asn-type.ts";
export { classify, type Classification } from "./build/classify.ts";
export { createGeo, type FactOrigin, type Geo, type GeoOptions, STALE_DAYS } from "./create-geo.ts";
export { custom, type CustomOptions } from "./custom.ts";
export type { FileHandle, FileStat, FileSystem } from "./files.ts";
export { GeoError, type GeoErrorCode } from "./geo-error.ts";
export { cidrList, type CidrListOptions } from "./lists/cidr-list.ts";
export type { BlockList, CidrLists, NamedRanges } from "./lists/read-lists.ts";
export type { WatchOptions } from "./live-file.ts";
export { mmdb } from "./mmdb/provider.ts";
export { compilePack, type CompileOptions } from "./pack/compile.ts";
export type { ListKind } from "./pack/format.ts";
export type { PackMeta } from "./pack/meta.ts";
export { openPack } from "./pack/provider.ts";
export type { PackSource } from "./pack/sources.ts";
export type {
  FlagCoverage,
  FlagField,
  GeoProvider,
  GeoSource,
  SyncGeoProvider,
} from "./provider.ts";
