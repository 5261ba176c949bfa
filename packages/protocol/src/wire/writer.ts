// Writes protobuf into one growing array, message after message. Texts on the wire are short and mostly ASCII, so they are
// written character by character; a message inside another is written in place and moved by the bytes
// that its length takes.
const INITIAL_BYTES = 1_024;
const GROWTH = 2;
const MAX_VARINT = 5;
const MAX_BYTES_PER_UNIT = 3;
/** Lengths below it take one byte. */
const ONE_BYTE = 0x80;

const utf8 = new TextEncoder();

export class Writer {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #size = 0;

  #reserve(more: number): void {
    const needed = this.#size + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * GROWTH));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }

  #varint(value: number): void {
    this.#reserve(MAX_VARINT);
    const bytes = this.#bytes;
    let size = this.#size;
    let rest = value;
    while (rest > 0x7f) {
      bytes[size++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[size++] = rest;
    this.#size = size;
  }

  #tag(field: number, type: number): void {
    this.#varint((field << 3) | type);
  }

  /** An unsigned 32-bit integer, or nothing for 0. */
  number(field: number, value: number): void {
    if (value !== 0) this.present(field, value);
  }

  /** An unsigned 32-bit integer in a field that tells 0 from absence. */
  present(field: number, value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
      throw new RangeError(`field ${field} holds no unsigned 32-bit integer: ${value}`);
    this.#tag(field, 0);
    this.#varint(value);
  }

  flag(field: number, value: boolean): void {
    if (value) this.present(field, 1);
  }

  double(field: number, value: number): void {
    if (Object.is(value, 0)) return;
    this.#tag(field, 1);
    this.#reserve(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#size, value, true);
    this.#size += 8;
  }

  text(field: number, value: string): void {
    if (value !== "") this.item(field, value);
  }

  /** An element of a list, which may be empty. */
  item(field: number, value: string): void {
    const start = this.#size;
    if (value.length < ONE_BYTE) {
      this.#tag(field, 2);
      this.#reserve(1 + value.length);
      this.#bytes[this.#size++] = value.length;
      if (this.#ascii(value)) return;
      this.#size = start;
    }
    this.inside(field, () => this.#characters(value));
  }

  /** Writes what needs one byte for each character; false, and nothing is written, when something needs more. */
  #ascii(value: string): boolean {
    const bytes = this.#bytes;
    let size = this.#size;
    for (let at = 0; at < value.length; at++) {
      const unit = value.charCodeAt(at);
      if (unit > 0x7f) return false;
      bytes[size++] = unit;
    }
    this.#size = size;
    return true;
  }

  #characters(value: string): void {
    this.#reserve(value.length * MAX_BYTES_PER_UNIT);
    const start = this.#size;
    if (this.#ascii(value)) return;
    this.#size = start + utf8.encodeInto(value, this.#bytes.subarray(start)).written;
  }

  bytes(field: number, value: Uint8Array): void {
    this.inside(field, () => {
      this.#reserve(value.length);
      this.#bytes.set(value, this.#size);
      this.#size += value.length;
    });
  }

  /** A message, or anything else with a length before it. */
  inside(field: number, write: () => void): void {
    this.#tag(field, 2);
    const start = this.#size;
    // One byte is enough for the length of most.
    this.#reserve(1);
    this.#size++;
    write();
    const length = this.#size - start - 1;
    if (length < ONE_BYTE) {
      this.#bytes[start] = length;
      return;
    }
    const more = length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : 3;
    this.#reserve(more);
    this.#bytes.copyWithin(start + 1 + more, start + 1, this.#size);
    const end = this.#size + more;
    this.#size = start;
    this.#varint(length);
    this.#size = end;
  }

  /** Begins again. */
  reset(): void {
    this.#size = 0;
  }

  /** A copy of what was written, in an array that `allocate` makes. */
  copy(allocate: (size: number) => Uint8Array): Uint8Array {
    const copy = allocate(this.#size);
    copy.set(this.#bytes.subarray(0, this.#size));
    return copy;
  }
}
