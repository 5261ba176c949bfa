import type { GeoSource } from "../provider.ts";
import { FLAGS, type ListKind } from "./format.ts";

/** What a pack says of itself. */
export interface PackMeta {
  readonly format: 1;
  /** Day of the oldest data in it, ISO 8601; undefined when no source says. */
  readonly date?: string;
  readonly sources: readonly GeoSource[];
  /** Kinds of lists that went in, by family: an address on none of them is known not to be of that kind. */
  readonly lists: { readonly v4: readonly ListKind[]; readonly v6: readonly ListKind[] };
  /** Two letters each, as one text. */
  readonly countries: string;
  readonly services: readonly string[];
  readonly crawlers: readonly string[];
}

/** Reads the metadata; undefined when it is damaged. */
export function readMeta(bytes: Uint8Array): PackMeta | undefined {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  return isMeta(json) ? json : undefined;
}

function isLists(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ["v4", "v6"].every((family) => {
    const kinds: unknown = Reflect.get(value, family);
    return Array.isArray(kinds) && kinds.every((kind) => typeof kind === "string" && kind in FLAGS);
  });
}

function isMeta(json: unknown): json is PackMeta {
  if (typeof json !== "object" || json === null) return false;
  // Every member is checked below.
  const meta = json as Record<keyof PackMeta, unknown>;
  const texts = (value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item === "string");
  return (
    meta.format === 1 &&
    (meta.date === undefined || typeof meta.date === "string") &&
    typeof meta.countries === "string" &&
    isLists(meta.lists) &&
    texts(meta.services) &&
    texts(meta.crawlers) &&
    Array.isArray(meta.sources) &&
    meta.sources.every(
      (source: unknown) =>
        typeof source === "object" &&
        source !== null &&
        "name" in source &&
        typeof source.name === "string",
    )
  );
}
