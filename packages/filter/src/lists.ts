// Named lists: `ip.src in $office` with `lists: { office: ["192.0.2.0/24"] }`. The type of the left
// side decides what the members mean, as in a set that is written out.
import type { SetItem, Value } from "./ast.ts";
import { parseAddressRange } from "./address.ts";
import { FIELDS } from "./scheme.ts";
import { toBytes } from "./text.ts";

/** Lists by name. Addresses, blocks and texts are strings. */
export type Lists = Readonly<Record<string, readonly (string | number)[]>>;

/** Members of one list. */
export const MAX_LIST = 100_000;

/** The members as the left side reads them, or what is wrong with one. */
export function listItems(
  values: readonly (string | number)[],
  left: Value,
): readonly SetItem[] | string {
  if (values.length > MAX_LIST) return `a list has at most ${MAX_LIST} members`;
  const { base } = left.type;
  const numeric = left.kind === "field" && FIELDS.get(left.name)?.numeric;
  const asNumbers =
    base === "Int" || (numeric && values.every((value) => typeof value === "number"));
  const items: SetItem[] = [];
  for (const value of values) {
    const item = asNumbers ? intItem(value) : base === "Ip" ? ipItem(value) : textItem(value);
    if (typeof item === "string") return item;
    items.push(item);
  }
  return items;
}

function intItem(value: string | number): SetItem | string {
  if (typeof value === "number" && Number.isSafeInteger(value))
    return { kind: "int", value: BigInt(value) };
  return `the list must hold whole numbers, but holds ${JSON.stringify(value)}`;
}

function ipItem(value: string | number): SetItem | string {
  const range = typeof value === "string" ? parseAddressRange(value) : "";
  if (typeof value === "string" && typeof range !== "string")
    return { kind: "ip", text: value, ...range };
  return `the list must hold addresses, blocks or ranges, but holds ${JSON.stringify(value)}`;
}

function textItem(value: string | number): SetItem | string {
  if (typeof value === "string") return { kind: "text", bytes: toBytes(value) };
  return `the list must hold texts, but holds ${JSON.stringify(value)}`;
}
