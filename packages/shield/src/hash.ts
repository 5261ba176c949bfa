const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 code units, with a separator between the parts: unsigned 32 bits. */
export function hash32(...parts: readonly string[]): number {
  let hash = FNV_OFFSET;
  for (const part of parts) {
    for (let at = 0; at < part.length; at++)
      hash = Math.imul(hash ^ part.charCodeAt(at), FNV_PRIME);
    hash = Math.imul(hash ^ 0x10000, FNV_PRIME);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
