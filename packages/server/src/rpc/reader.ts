// Reads protobuf in place. Whatever is unusual, if only in its form, is no answer but the end of the reading:
// the general reader then takes the message from the beginning, and says what is wrong with it.
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;
const MAX_VARINT_SHIFT = 28;

/** Thrown for what this reader leaves to the general one. */
export class Unusual extends Error {
  override readonly name = "Unusual";
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A position in bytes, up to an end. */
export class Reader {
  readonly bytes: Buffer;
  position: number;
  end: number;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = 0;
    this.end = bytes.length;
  }

  /** An unsigned integer of at most 32 bits. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
      const byte = this.#byte();
      if (shift === MAX_VARINT_SHIFT && byte > 0x0f) break;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new Unusual();
  }

  #byte(): number {
    if (this.position >= this.end) throw new Unusual();
    return this.bytes[this.position++]!;
  }

  /** The length of what follows, which is within the end. */
  #length(): number {
    const length = this.varint();
    if (length > this.end - this.position) throw new Unusual();
    return length;
  }

  /** Checks that a field is of the kind that has a length. */
  expectLength(type: number): void {
    if (type !== LENGTH) throw new Unusual();
  }

  /** Checks that a field is an integer, and reads it. */
  integer(type: number): number {
    if (type !== VARINT) throw new Unusual();
    return this.varint();
  }

  text(type: number): string {
    this.expectLength(type);
    const length = this.#length();
    const start = this.position;
    const end = (this.position = start + length);
    let seen = 0;
    for (let at = start; at < end; at++) seen |= this.bytes[at]!;
    if (seen < 0x80) return this.bytes.toString("latin1", start, end);
    try {
      return utf8.decode(this.bytes.subarray(start, end));
    } catch {
      throw new Unusual();
    }
  }

  /** The bytes of a field, still where they were. */
  slice(type: number): Buffer {
    this.expectLength(type);
    const length = this.#length();
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  /** Reads the fields of a message that stands here with its length. */
  inside(type: number, read: (field: number, type: number) => void): void {
    this.expectLength(type);
    const length = this.#length();
    const outer = this.end;
    this.end = this.position + length;
    this.fields(read);
    this.end = outer;
  }

  /** Reads fields up to the end; `read` must read the value of each. */
  fields(read: (field: number, type: number) => void): void {
    while (this.position < this.end) {
      const tag = this.varint();
      if (tag >>> 3 === 0) throw new Unusual();
      read(tag >>> 3, tag & 7);
    }
  }

  /** Passes over a value. */
  skip(type: number): void {
    switch (type) {
      case VARINT: {
        // Ten bytes are the most that one may have.
        for (let count = 0; count < 10; count++) if (this.#byte() < 0x80) return;
        throw new Unusual();
      }
      case FIXED64:
      case FIXED32:
        this.position += type === FIXED64 ? 8 : 4;
        if (this.position > this.end) throw new Unusual();
        return;
      case LENGTH: {
        const length = this.#length();
        this.position += length;
        return;
      }
      default:
        throw new Unusual();
    }
  }
}
