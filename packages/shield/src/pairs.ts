// `name=value` pairs: queries, forms and the Cookie header.
import type { PlusSign } from "./decode.ts";
import type { Place } from "./finding.ts";
import { MAX_TEXT_LENGTH, MAX_VALUES } from "./limits.ts";
import type { Visit } from "./located.ts";

/** How a list of pairs is written, and where it stands. */
export interface PairList {
  readonly text: string;
  readonly separator: "&" | ";";
  readonly place: Place;
  readonly plus: PlusSign;
  /** When the pairs stand inside another value: its name, and the way to them. */
  readonly within?: { readonly name: string; readonly inner: string };
}

// Names of parameters as applications write them; anything else may be an attack that the first
// "=" cut in two, and is inspected as a whole too.
const plainName = /^[\w.[\]$:%-]{0,96}$/;

/** Visits the names and values of a list of pairs: of more than MAX_VALUES pairs, the first and last half. */
export function visitPairs(list: PairList, visit: Visit): void {
  if (list.text === "") return;
  const text = headAndTail(list.text, list.separator, list.place);
  const pairs = text.split(list.separator);
  const truncated = pairs.length > MAX_VALUES || text !== list.text;
  for (let index = 0; index < pairs.length; index++) {
    if (pairs.length > MAX_VALUES && index === MAX_VALUES / 2)
      index = pairs.length - MAX_VALUES / 2;
    visitPair(pairs[index]!, list, truncated, visit);
  }
}

/** A text within its limit; a form is as long as a body may be. */
function headAndTail(text: string, separator: string, place: Place): string {
  if (text.length <= MAX_TEXT_LENGTH || place === "body") return text;
  const half = MAX_TEXT_LENGTH / 2;
  return text.slice(0, half) + separator + text.slice(text.length - half);
}

function visitPair(pair: string, list: PairList, truncated: boolean, visit: Visit): void {
  const text = list.separator === ";" ? pair.trim() : pair;
  if (text === "") return;
  const equals = text.indexOf("=");
  const own = equals < 0 ? text : text.slice(0, equals);
  const { place, plus, within } = list;
  const outer = within?.name ?? "";
  const inner = within ? `${within.inner}.${own}` : "";
  visit({ place, name: outer, inner, raw: own, plus, isName: true, truncated });
  if (equals < 0) return;
  const raw = text.slice(equals + 1);
  visit({ place, name: within ? outer : own, inner, raw, plus, isName: false, truncated });
  if (!plainName.test(own))
    visit({ place, name: outer, inner, raw: text, plus, isName: true, truncated });
}
