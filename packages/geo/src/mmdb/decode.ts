// The data section of a MaxMind DB file (MaxMind DB format 2.0). Files may be hostile: every read is
// bounded by the section, nesting and the number of values by constants, and a pointer may not lead to
// another pointer, as the format demands.
import { GeoError } from "../geo-error.ts";

/** Maps and arrays inside each other. */
export const MAX_DEPTH = 16;
/** Values in one record. */
export const MAX_VALUES = 4096;

/** What a record can hold. */
export type MmdbValue = string | number | bigint | boolean | Uint8Array | MmdbValue[] | MmdbRecord;
/** A map of a record; it has no prototype, since its keys come from the file. */
export interface MmdbRecord {
  [key: string]: MmdbValue;
}

/** Where the reader stands; one object for one record. */
interface Cursor {
  at: number;
  budget: number;
}

/** Reads the value at an offset of a data section; throws a {@link GeoError} when it is damaged. */
export interface Decoder {
  (offset: number): MmdbValue;
}

/** Makes the decoder of a data section. */
export function decoder(data: Uint8Array): Decoder {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const utf8 = new TextDecoder("utf-8");

  const take = (cursor: Cursor, length: number): number => {
    const at = cursor.at;
    if (length > data.length - at) throw damaged("a value reaches beyond its section");
    cursor.at = at + length;
    return at;
  };
  const unsigned = (cursor: Cursor, length: number): number => {
    const at = take(cursor, length);
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + (data[at + i] ?? 0);
    return value;
  };
  const big = (cursor: Cursor, length: number): bigint => {
    const at = take(cursor, length);
    let value = 0n;
    for (let i = 0; i < length; i++) value = (value << 8n) | BigInt(data[at + i] ?? 0);
    return value;
  };

  const value = (cursor: Cursor, depth: number, afterPointer: boolean): MmdbValue => {
    if (cursor.budget-- <= 0 || depth > MAX_DEPTH) throw damaged("a record is too large");
    const control = unsigned(cursor, 1);
    let type = control >>> 5;
    if (type === 1) {
      if (afterPointer) throw damaged("a pointer leads to a pointer");
      return pointed(cursor, control, depth);
    }
    if (type === 0) type = unsigned(cursor, 1) + 7;
    const size = sizeOf(cursor, control & 31);
    if (type === 7) return map(cursor, size, depth);
    if (type === 11) return list(cursor, size, depth);
    return scalar(cursor, type, size);
  };

  const pointed = (cursor: Cursor, control: number, depth: number): MmdbValue => {
    const bytes = ((control >>> 3) & 3) + 1;
    const high = bytes === 4 ? 0 : (control & 7) * 256 ** bytes;
    const target = high + unsigned(cursor, bytes) + (bytes === 2 ? 2048 : bytes === 3 ? 526336 : 0);
    const there: Cursor = { at: target, budget: cursor.budget };
    const found = value(there, depth + 1, true);
    cursor.budget = there.budget;
    return found;
  };

  const sizeOf = (cursor: Cursor, size: number): number => {
    if (size < 29) return size;
    if (size === 29) return 29 + unsigned(cursor, 1);
    return size === 30 ? 285 + unsigned(cursor, 2) : 65821 + unsigned(cursor, 3);
  };

  const map = (cursor: Cursor, size: number, depth: number): MmdbRecord => {
    // Object.create(null) has type any; a record without a prototype cannot be polluted by a key.
    const record = Object.create(null) as MmdbRecord;
    for (let i = 0; i < size; i++) {
      const key = value(cursor, depth + 1, false);
      if (typeof key !== "string") throw damaged("a key is no text");
      record[key] = value(cursor, depth + 1, false);
    }
    return record;
  };

  const list = (cursor: Cursor, size: number, depth: number): MmdbValue[] => {
    const values: MmdbValue[] = [];
    for (let i = 0; i < size; i++) values.push(value(cursor, depth + 1, false));
    return values;
  };

  const scalar = (cursor: Cursor, type: number, size: number): MmdbValue => {
    switch (type) {
      case 2: {
        const at = take(cursor, size);
        return utf8.decode(data.subarray(at, at + size));
      }
      case 3:
        if (size !== 8) throw damaged("a double is not 8 bytes long");
        return view.getFloat64(take(cursor, 8));
      case 4: {
        const at = take(cursor, size);
        return data.slice(at, at + size);
      }
      case 5:
      case 6:
        if (size > 4) throw damaged("a number is too long");
        return unsigned(cursor, size);
      case 8:
        if (size > 4) throw damaged("a number is too long");
        return unsigned(cursor, size) | 0;
      case 9:
      case 10:
        if (size > 16) throw damaged("a number is too long");
        return big(cursor, size);
      case 14:
        if (size > 1) throw damaged("a boolean is neither 0 nor 1");
        return size === 1;
      case 15:
        if (size !== 4) throw damaged("a float is not 4 bytes long");
        return view.getFloat32(take(cursor, 4));
      default:
        throw damaged(`a value has the unknown type ${type}`);
    }
  };

  return (offset) => value({ at: offset, budget: MAX_VALUES }, 0, false);
}

function damaged(what: string): GeoError {
  return new GeoError("INVALID_DATA", `damaged MMDB data: ${what}`);
}
