// Writes MaxMind DB files for tests: a trie of nodes, a data section without pointers, metadata.
import { parseCidr, type Ip } from "@arcjet/ip";

export type Value =
  | string
  | number
  | boolean
  | bigint
  | Double
  | Value[]
  | { [key: string]: Value };
/** A number written as a double. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export interface FileOptions {
  readonly ipVersion?: 4 | 6;
  readonly recordSize?: 24 | 28 | 32;
  readonly databaseType?: string;
  readonly buildEpoch?: number;
  /** Members of the metadata to change. */
  readonly metadata?: { readonly [key: string]: Value };
}

type Node = [Child, Child];
type Child = Node | { readonly offset: number } | undefined;

const encoder = new TextEncoder();

export function mmdbFile(
  entries: readonly (readonly [cidr: string, value: Value])[],
  options: FileOptions = {},
): Uint8Array {
  const {
    ipVersion = 6,
    recordSize = 24,
    databaseType = "Test",
    buildEpoch = 1_795_000_000,
  } = options;
  const root: Node = [undefined, undefined];
  const data: number[] = [];
  for (const [cidr, value] of entries) {
    insert(root, cidr, ipVersion, data.length);
    data.push(...encode(value));
  }
  const nodes = number(root);
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: BigInt(buildEpoch),
    database_type: databaseType,
    ip_version: ipVersion,
    node_count: nodes.length,
    record_size: recordSize,
    languages: ["en"],
    description: { en: "test" },
    ...options.metadata,
  });
  const marker = [0xab, 0xcd, 0xef, ...encoder.encode("MaxMind.com")];
  const bytes = [...writeTree(nodes, recordSize), ...Array<number>(16).fill(0), ...data];
  return Uint8Array.from([...bytes, ...marker, ...metadata]);
}

function insert(root: Node, text: string, ipVersion: 4 | 6, offset: number): void {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`no block: ${text}`);
  const bits = bitsOf(cidr.first, cidr.bits, ipVersion);
  let node = root;
  for (const bit of bits.slice(0, -1)) {
    const next = node[bit];
    if (Array.isArray(next)) node = next;
    // A shorter block that is already there goes on in both halves.
    else node = node[bit] = [next, next];
  }
  node[bits.at(-1) ?? 0] = { offset };
}

function bitsOf(ip: Ip, length: number, ipVersion: 4 | 6): (0 | 1)[] {
  const words = ip.family === 4 ? [ip.w3] : [ip.w0, ip.w1, ip.w2, ip.w3];
  const bits = words.flatMap((word) =>
    Array.from({ length: 32 }, (_, i) => (((word >>> (31 - i)) & 1) === 1 ? 1 : 0) as 0 | 1),
  );
  const zeros = ip.family === 4 && ipVersion === 6 ? Array<0>(96).fill(0) : [];
  return [...zeros, ...bits.slice(0, length)];
}

/** All nodes, the root first. */
function number(root: Node): Node[] {
  const nodes = [root];
  for (const node of nodes) for (const child of node) if (Array.isArray(child)) nodes.push(child);
  return nodes;
}

function writeTree(nodes: readonly Node[], recordSize: 24 | 28 | 32): number[] {
  const numbers = new Map(nodes.map((node, i) => [node, i]));
  const valueOf = (child: Child): number => {
    if (child === undefined) return nodes.length;
    return Array.isArray(child) ? (numbers.get(child) ?? 0) : nodes.length + 16 + child.offset;
  };
  return nodes.flatMap(([left, right]) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    if (recordSize === 28)
      return [...big(a & 0xffffff, 3), ((a >>> 24) << 4) | (b >>> 24), ...big(b & 0xffffff, 3)];
    return [...big(a, recordSize / 8), ...big(b, recordSize / 8)];
  });
}

function big(value: number | bigint, length: number): number[] {
  return Array.from({ length }, (_, i) =>
    Number((BigInt(value) >> BigInt((length - 1 - i) * 8)) & 255n),
  );
}

/** One value of the data section. */
export function encode(value: Value): number[] {
  if (typeof value === "string") {
    const bytes = encoder.encode(value);
    return [...control(2, bytes.length), ...bytes];
  }
  if (typeof value === "boolean") return control(14, value ? 1 : 0);
  if (typeof value === "bigint") return [...control(9, 8), ...big(value, 8)];
  if (typeof value === "number")
    return value < 0
      ? [...control(8, 4), ...big(value >>> 0, 4)]
      : [...control(6, 4), ...big(value, 4)];
  if (value instanceof Double) {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value.value);
    return [...control(3, 8), ...new Uint8Array(view.buffer)];
  }
  if (Array.isArray(value)) return [...control(11, value.length), ...value.flatMap(encode)];
  const fields = Object.entries(value);
  return [
    ...control(7, fields.length),
    ...fields.flatMap(([key, field]) => [...encode(key), ...encode(field)]),
  ];
}

/** The byte or bytes before a value: its type and size. */
export function control(type: number, size: number): number[] {
  const [low, rest] =
    size < 29
      ? [size, []]
      : size < 285
        ? [29, [size - 29]]
        : size < 65821
          ? [30, big(size - 285, 2)]
          : [31, big(size - 65821, 3)];
  return type > 7 ? [low, type - 7, ...rest] : [(type << 5) | low, ...rest];
}

/** A pointer to an offset of the data section, in four bytes. */
export function pointer(offset: number): number[] {
  return [(1 << 5) | (3 << 3), ...big(offset, 4)];
}
