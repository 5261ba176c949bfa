/** Characteristics that every request has; all other names are properties of the application. */
export type BuiltInCharacteristic =
  | "ip.src"
  | "http.host"
  | "http.method"
  | "http.request.uri.path"
  | `http.request.headers["${string}"]`
  | `http.request.cookie["${string}"]`
  | `http.request.uri.args["${string}"]`;

/** What an application property may be counted by. */
export type CharacteristicValue = string | number | boolean;

type CustomCharacteristic<C extends readonly string[]> = Exclude<C[number], BuiltInCharacteristic>;

/**
 * The `protect()` properties that a list of characteristics requires: one for each name of the
 * application's own.
 *
 * @example
 * type Props = CharacteristicProps<["ip.src", "userId"]>; // { readonly userId: string | number | boolean }
 */
export type CharacteristicProps<C extends readonly string[]> = string extends C[number]
  ? unknown
  : [CustomCharacteristic<C>] extends [never]
    ? unknown
    : { readonly [Name in CustomCharacteristic<C>]: CharacteristicValue };

/** Where the value of a characteristic is read from. */
export type CharacteristicSource =
  | { readonly kind: "ip" }
  | { readonly kind: "host" }
  | { readonly kind: "method" }
  | { readonly kind: "path" }
  | { readonly kind: "header"; readonly name: string }
  | { readonly kind: "cookie"; readonly name: string }
  | { readonly kind: "query"; readonly name: string }
  | { readonly kind: "property"; readonly name: string };

const INDEXED = /^http\.request\.(headers|cookie|uri\.args)\["([^"]+)"\]$/;
const RESERVED = /^(?:ip|http)\./;

/**
 * Reads the name of a characteristic.
 *
 * @throws TypeError when the name is empty, or looks like a request field that does not exist.
 * @example
 * parseCharacteristic('http.request.headers["X-Api-Key"]'); // { kind: "header", name: "x-api-key" }
 */
export function parseCharacteristic(name: string, owner: string): CharacteristicSource {
  if (typeof name !== "string" || name === "")
    throw new TypeError(
      `\`${owner}\` options error: invalid value for \`characteristics\` - ${JSON.stringify(name)} is not a name; use "ip.src" or a property of protect()`,
    );
  if (name === "ip.src") return { kind: "ip" };
  if (name === "http.host") return { kind: "host" };
  if (name === "http.method") return { kind: "method" };
  if (name === "http.request.uri.path") return { kind: "path" };
  const indexed = INDEXED.exec(name);
  if (indexed) {
    const [, source, key = ""] = indexed;
    if (source === "headers") return { kind: "header", name: key.toLowerCase() };
    return { kind: source === "cookie" ? "cookie" : "query", name: key };
  }
  if (RESERVED.test(name))
    throw new TypeError(
      `\`${owner}\` options error: invalid value for \`characteristics\` - "${name}" is no request field; use ip.src, http.host, http.method, http.request.uri.path, http.request.headers["name"], http.request.cookie["name"] or http.request.uri.args["name"]`,
    );
  return { kind: "property", name };
}
