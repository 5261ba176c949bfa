// The data section of a MaxMind DB file (MaxMind DB format 2.0). Files may be hostile: every read is
// bounded by the section, nesting, the number of values and the bytes of a record by constants, and a
// pointer may not lead to another pointer, as the format demands.
import { GeoError } from "../geo-error.ts";

/** Maps and arrays inside each other. */
export const MAX_DEPTH = 16;
/** Values in one record. */
export const MAX_VALUES = 4096;
/** Bytes of text and the like in one record, counted each time a pointer leads to them. */
export const MAX_RECORD_BYTES: number = 256 * 1024;

/** What a record can hold. */
export type MmdbValue = string | number | bigint | boolean | Uint8Array | MmdbValue[] | MmdbRecord;
/** A map of a record; it has no prototype, since its keys come from the file. */
export interface MmdbRecord {
  [key: string]: MmdbValue;
}

/** Reads values of one data section. */
export class Decoder {
  readonly #data: Uint8Array;
  readonly #view: DataView;
  readonly #utf8 = new TextDecoder();
  /** Where it stands, and what it may still read, within one record. */
  #at = 0;
  #values = 0;
  #bytes = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  /** The value at an offset; throws a {@link GeoError} when it is damaged or too large. */
  read(offset: number): MmdbValue {
    if (offset < 0) throw damaged("a value lies before its section");
    this.#at = offset;
    this.#values = MAX_VALUES;
    this.#bytes = MAX_RECORD_BYTES;
    return this.#value(0, false);
  }

  #value(depth: number, afterPointer: boolean): MmdbValue {
    if (this.#values-- <= 0 || depth > MAX_DEPTH) throw damaged("a record is too large");
    const control = this.#unsigned(1);
    const short = control >>> 5;
    if (short === 1) {
      if (afterPointer) throw damaged("a pointer leads to a pointer");
      return this.#pointed(control, depth);
    }
    const type = short === 0 ? this.#unsigned(1) + 7 : short;
    const size = this.#size(control & 31);
    if (type === 7) return this.#map(size, depth);
    if (type === 11) return this.#list(size, depth);
    return this.#scalar(type, size);
  }

  #pointed(control: number, depth: number): MmdbValue {
    const bytes = ((control >>> 3) & 3) + 1;
    const high = bytes === 4 ? 0 : (control & 7) * 256 ** bytes;
    const base = bytes === 2 ? 2048 : bytes === 3 ? 526336 : 0;
    const target = high + this.#unsigned(bytes) + base;
    const back = this.#at;
    this.#at = target;
    const found = this.#value(depth + 1, true);
    this.#at = back;
    return found;
  }

  #size(size: number): number {
    if (size < 29) return size;
    if (size === 29) return 29 + this.#unsigned(1);
    return size === 30 ? 285 + this.#unsigned(2) : 65821 + this.#unsigned(3);
  }

  #map(size: number, depth: number): MmdbRecord {
    // Object.create(null) has type any; a record without a prototype cannot be polluted by a key.
    const record = Object.create(null) as MmdbRecord;
    for (let i = 0; i < size; i++) {
      const key = this.#value(depth + 1, false);
      if (typeof key !== "string") throw damaged("a key is no text");
      record[key] = this.#value(depth + 1, false);
    }
    return record;
  }

  #list(size: number, depth: number): MmdbValue[] {
    const values: MmdbValue[] = [];
    for (let i = 0; i < size; i++) values.push(this.#value(depth + 1, false));
    return values;
  }

  #scalar(type: number, size: number): MmdbValue {
    switch (type) {
      case 2:
        return this.#utf8.decode(this.#slice(size));
      case 3:
        return this.#view.getFloat64(this.#take(sized(size, 8)));
      case 4:
        return new Uint8Array(this.#slice(size));
      case 5:
      case 6:
        return this.#unsigned(atMost(size, 4));
      case 8:
        return this.#unsigned(atMost(size, 4)) | 0;
      case 9:
      case 10:
        return this.#big(atMost(size, 16));
      case 14:
        return atMost(size, 1) === 1;
      case 15:
        return this.#view.getFloat32(this.#take(sized(size, 4)));
      default:
        throw damaged(`a value has the unknown type ${type}`);
    }
  }

  #slice(length: number): Uint8Array {
    this.#bytes -= length;
    if (this.#bytes < 0) throw damaged("a record is too large");
    const at = this.#take(length);
    return this.#data.subarray(at, at + length);
  }

  #unsigned(length: number): number {
    const at = this.#take(length);
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + (this.#data[at + i] ?? 0);
    return value;
  }

  #big(length: number): bigint {
    const at = this.#take(length);
    let value = 0n;
    for (let i = 0; i < length; i++) value = (value << 8n) | BigInt(this.#data[at + i] ?? 0);
    return value;
  }

  /** Where the next bytes lie, which are thereby read. */
  #take(length: number): number {
    const at = this.#at;
    if (length > this.#data.length - at) throw damaged("a value reaches beyond its section");
    this.#at = at + length;
    return at;
  }
}

function sized(size: number, expected: number): number {
  if (size !== expected) throw damaged("a number has the wrong length");
  return size;
}

function atMost(size: number, limit: number): number {
  if (size > limit) throw damaged("a number is too long");
  return size;
}

function damaged(what: string): GeoError {
  return new GeoError("INVALID_DATA", `damaged MMDB data: ${what}`);
}
