import { readBytes } from "../files.ts";
import type { ListKind } from "../pack/format.ts";
import { type OpenPack, openPackBytes } from "../pack/open.ts";
import type { GeoSource } from "../provider.ts";

/** What is in a pack. */
export interface PackInfo {
  /** Day of the oldest data, ISO 8601; undefined when no source says. */
  readonly date: string | undefined;
  readonly sources: readonly GeoSource[];
  /** Kinds of lists that went in, by family. */
  readonly lists: { readonly v4: readonly ListKind[]; readonly v6: readonly ListKind[] };
  readonly segments: { readonly v4: number; readonly v6: number };
  /** Autonomous systems. */
  readonly networks: number;
  readonly bytes: number;
}

/**
 * Describes a pack; throws a {@link GeoError} when it is none.
 *
 * @example
 * packInfo("./ip.pack").date; // "2026-11-01"
 */
export function packInfo(input: string | URL | Uint8Array): PackInfo {
  if (input instanceof Uint8Array) return infoOf(openPackBytes(input, "the data"));
  return infoOf(openPackBytes(readBytes(input), String(input)));
}

/** Describes an open pack. */
export function infoOf({ meta, segments, networks, bytes }: OpenPack): PackInfo {
  const { date, sources, lists } = meta;
  return { date, sources, lists, segments, networks, bytes };
}
