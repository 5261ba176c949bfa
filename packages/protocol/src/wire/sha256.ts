import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

interface NodeCrypto {
  hash?(algorithm: string, data: string, encoding: "hex"): string;
}

declare const process: { getBuiltinModule?(name: string): unknown } | undefined;

/** SHA-256 of the UTF-8 form in hex; by the runtime where it has a synchronous one, else in JavaScript. */
export function sha256Hex(text: string): string {
  const builtin =
    typeof process === "undefined" ? undefined : process.getBuiltinModule?.("node:crypto");
  // A runtime may have the module and not the function.
  const native = (builtin as NodeCrypto | undefined)?.hash;
  return native ? native("sha256", text, "hex") : portableSha256Hex(text);
}

/** The same in JavaScript alone. */
export function portableSha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
