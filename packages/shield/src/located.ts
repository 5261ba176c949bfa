// Takes a request apart into located values: path, query, cookies and headers; the body is in body.ts.
import type { PlusSign } from "./decode.ts";
import type { Place } from "./finding.ts";
import { MAX_VALUES } from "./limits.ts";

/** A value as received, and where it stood. */
export interface Located {
  readonly place: Place;
  /** Name of the parameter, cookie, header or body field. */
  readonly name: string;
  readonly raw: string;
  readonly plus: PlusSign;
  /** Whether the value is itself a name. */
  readonly isName: boolean;
}

/** Receives each located value; `truncated` when the place has more values than are inspected. */
export type Visit = (located: Located, truncated: boolean) => void;

/** Visits names and values of `name=value` pairs: a query, a form or a Cookie header. */
export function visitPairs(
  text: string,
  separator: "&" | ";",
  place: Place,
  plus: PlusSign,
  visit: Visit,
): void {
  if (text === "") return;
  const pairs = text.split(separator);
  const truncated = pairs.length > MAX_VALUES;
  for (let index = 0; index < pairs.length; index++) {
    if (truncated && index === MAX_VALUES / 2) index = pairs.length - MAX_VALUES / 2;
    visitPair(
      separator === ";" ? pairs[index]!.trim() : pairs[index]!,
      place,
      plus,
      truncated,
      visit,
    );
  }
}

const plainName = /^[\w.[\]$:-]{0,64}$/;

function visitPair(
  pair: string,
  place: Place,
  plus: PlusSign,
  truncated: boolean,
  visit: Visit,
): void {
  if (pair === "") return;
  const equals = pair.indexOf("=");
  const name = equals < 0 ? pair : pair.slice(0, equals);
  // A name that is no name may be an attack that the first "=" cut in two.
  const raw = plainName.test(name) ? name : pair;
  visit({ place, name: "", raw, plus, isName: true }, truncated);
  if (equals >= 0)
    visit({ place, name, raw: pair.slice(equals + 1), plus, isName: false }, truncated);
}
