const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const POOL_BYTES = 1024;
const RANDOM_BYTES = 10;

/**
 * Makes decision ids: a prefix and a UUIDv7 in Crockford base 32, as TypeID writes them, so that ids
 * sort by time.
 *
 * @example
 * createIds("lreq", Date.now)(); // "lreq_01kb2x…" with 26 characters after the underscore
 */
export function createIds(
  prefix: string,
  now: () => number,
  random: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => void crypto.getRandomValues(bytes),
): () => string {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  let lastTime = -1;
  let timePart = "";
  return () => {
    if (used + RANDOM_BYTES > POOL_BYTES) {
      random(pool);
      used = 0;
    }
    const time = now();
    if (time !== lastTime) {
      lastTime = time;
      timePart = `${prefix}_${encodeTime(time)}`;
    }
    const id = timePart + encodeRandom(pool, used);
    used += RANDOM_BYTES;
    return id;
  };
}

/** The first 50 bits of a UUIDv7: 48 bits of time in ten characters (the leading two bits are zero). */
function encodeTime(time: number): string {
  let text = "";
  let rest = Math.max(0, Math.floor(time));
  for (let i = 0; i < 10; i++) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** The other 80 bits: version 7, variant 2 and 74 random ones, in sixteen characters. */
function encodeRandom(pool: Uint8Array, start: number): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (let i = 0; i < RANDOM_BYTES; i++) {
    let byte = pool[start + i] ?? 0;
    if (i === 0) byte = (byte & 0x0f) | 0x70;
    if (i === 2) byte = (byte & 0x3f) | 0x80;
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
}
