// A MaxMind DB file (format 2.0) over bytes: a binary tree over the bits of the address whose leaves
// point into the data section. Works wherever there is a Uint8Array.
import { type Ip, isMapped } from "@arcjet/ip";
import { GeoError } from "../geo-error.ts";
import { Decoder, type MmdbRecord, type MmdbValue } from "./decode.ts";

/** The metadata lies within this many bytes of the end. */
const METADATA_REACH = 128 * 1024;
/** "\xab\xcd\xefMaxMind.com" */
const MARKER = [0xab, 0xcd, 0xef, 0x4d, 0x61, 0x78, 0x4d, 0x69, 0x6e, 0x64, 0x2e, 0x63, 0x6f, 0x6d];
/** Zero bytes between the tree and the data. */
const SEPARATOR = 16;

/** What a file says of itself. */
export interface MmdbMetadata {
  readonly databaseType: string;
  readonly ipVersion: 4 | 6;
  /** Seconds since the epoch. */
  readonly buildEpoch: number;
  readonly nodeCount: number;
  readonly recordSize: 24 | 28 | 32;
}

/** An open file. */
export interface MmdbReader {
  readonly metadata: MmdbMetadata;
  /** The left (0) or right (1) child of a node; beyond `nodeCount` it is a leaf. */
  readonly child: Child;
  /** The node at which the addresses of IPv4 begin. */
  readonly start4: number;
  /** Offset of the record in the data section; -1 when the file knows nothing of the address. */
  find(ip: Ip): number;
  /** The record at an offset that `find` gave; undefined when it is damaged. */
  read(offset: number): MmdbRecord | undefined;
}

/** Whether bytes have the mark of a MaxMind DB file. */
export function isMmdb(bytes: Uint8Array): boolean {
  return findMarker(bytes) >= 0;
}

/** Opens a MaxMind DB file; throws a {@link GeoError} when it is none, or damaged. */
export function openMmdb(bytes: Uint8Array, name = "the file"): MmdbReader {
  const marker = findMarker(bytes);
  if (marker < 0)
    throw new GeoError("INVALID_DATA", `${name} is no MMDB file: its metadata is missing`);
  const metadata = readMetadata(bytes.subarray(marker + MARKER.length), name);
  const treeSize = metadata.nodeCount * (metadata.recordSize / 4);
  const dataStart = treeSize + SEPARATOR;
  if (dataStart > marker)
    throw new GeoError("INVALID_DATA", `${name} is cut off: its tree ends behind its metadata`);
  const tree = bytes.subarray(0, treeSize);
  return reader(metadata, tree, new Decoder(bytes.subarray(dataStart, marker)));
}

function reader(metadata: MmdbMetadata, tree: Uint8Array, data: Decoder): MmdbReader {
  const { nodeCount, ipVersion } = metadata;
  const child = childReader(tree, metadata.recordSize);
  const start4 = ipVersion === 6 ? descendZeros(child, nodeCount, 96) : 0;
  const toOffset = (node: number) => leafOffset(metadata, node);
  return {
    metadata,
    child,
    start4,
    find(ip) {
      let node = start4;
      if (ip.family === 4 || isMapped(ip)) {
        const word = ip.w3;
        for (let bit = 31; bit >= 0 && node < nodeCount; bit--)
          node = child(node, (word >>> bit) & 1);
        return toOffset(node);
      }
      if (ipVersion === 4) return -1;
      node = 0;
      for (let i = 0; i < 128 && node < nodeCount; i++) {
        const word = i < 64 ? (i < 32 ? ip.w0 : ip.w1) : i < 96 ? ip.w2 : ip.w3;
        node = child(node, (word >>> (31 - (i & 31))) & 1);
      }
      return toOffset(node);
    },
    read: (offset) => readRecord(data, offset),
  };
}

function readRecord(data: Decoder, offset: number): MmdbRecord | undefined {
  try {
    const value = data.read(offset);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof GeoError) return undefined;
    throw error;
  }
}

/** Offset of the record a leaf points to; -1 for the leaf that stands for nothing. */
export function leafOffset({ nodeCount }: MmdbMetadata, node: number): number {
  return node > nodeCount ? node - nodeCount - SEPARATOR : -1;
}

/** Reads the left (0) or right (1) child of a node. */
export type Child = (node: number, side: number) => number;

function childReader(tree: Uint8Array, recordSize: 24 | 28 | 32): Child {
  const byte = (at: number) => tree[at] ?? 0;
  if (recordSize === 24)
    return (node, side) => {
      const at = node * 6 + side * 3;
      return (byte(at) << 16) | (byte(at + 1) << 8) | byte(at + 2);
    };
  if (recordSize === 28)
    return (node, side) => {
      const at = node * 7;
      const middle = byte(at + 3);
      return side === 0
        ? ((middle >>> 4) << 24) | (byte(at) << 16) | (byte(at + 1) << 8) | byte(at + 2)
        : ((middle & 15) << 24) | (byte(at + 4) << 16) | (byte(at + 5) << 8) | byte(at + 6);
    };
  return (node, side) => {
    const at = node * 8 + side * 4;
    return byte(at) * 0x1000000 + ((byte(at + 1) << 16) | (byte(at + 2) << 8) | byte(at + 3));
  };
}

function descendZeros(child: Child, nodeCount: number, bits: number): number {
  let node = 0;
  for (let i = 0; i < bits && node < nodeCount; i++) node = child(node, 0);
  return node;
}

function findMarker(bytes: Uint8Array): number {
  const stop = Math.max(0, bytes.length - METADATA_REACH);
  for (let at = bytes.length - MARKER.length; at >= stop; at--) {
    let i = 0;
    while (i < MARKER.length && bytes[at + i] === MARKER[i]) i++;
    if (i === MARKER.length) return at;
  }
  return -1;
}

function readMetadata(section: Uint8Array, name: string): MmdbMetadata {
  const wrong = (field: string) =>
    new GeoError("INVALID_DATA", `${name} is damaged: its metadata has no valid ${field}`);
  const value = readRecord(new Decoder(section), 0);
  if (value === undefined) throw wrong("map");
  if (value["binary_format_major_version"] !== 2) throw wrong("format version (2 is known)");
  const { ip_version: ipVersion, record_size: recordSize, node_count: nodeCount } = value;
  if (ipVersion !== 4 && ipVersion !== 6) throw wrong("ip_version");
  if (recordSize !== 24 && recordSize !== 28 && recordSize !== 32) throw wrong("record_size");
  if (!Number.isSafeInteger(nodeCount) || Number(nodeCount) < 1) throw wrong("node_count");
  const epoch = value["build_epoch"];
  const type = value["database_type"];
  return {
    databaseType: typeof type === "string" ? type : "",
    ipVersion,
    buildEpoch: typeof epoch === "bigint" || typeof epoch === "number" ? Number(epoch) : 0,
    nodeCount: Number(nodeCount),
    recordSize,
  };
}

function isRecord(value: MmdbValue): value is MmdbRecord {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** Day a file was built, ISO 8601; undefined when it does not say. */
export function buildDay({ buildEpoch }: Pick<MmdbMetadata, "buildEpoch">): string | undefined {
  const built = new Date(buildEpoch * 1000);
  return buildEpoch > 0 && !Number.isNaN(built.getTime())
    ? built.toISOString().slice(0, 10)
    : undefined;
}
