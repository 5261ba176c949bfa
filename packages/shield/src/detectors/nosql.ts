// Operators of MongoDB where an application expects a value: in the brackets of a parameter's name, or
// as a key of JSON. Comparisons are how some interfaces filter; they speak only where they always hold.
import type { Detector, Hit, Value } from "./detector.ts";

const code = /(?:^|[[.{"'])\$(?:where|function|accumulator)\b/;
const bracketed =
  /\[\$(?:ne|nin|gt|gte|lt|lte|in|regex|exists|eq|not|or|and|nor|type|mod|all|size|elemmatch|expr|options|jsonschema)\]/;
const telling =
  /^(?!filters?\b|where\b|query\b).*\[\$(?:ne|nin|regex|exists|not|nor|type|mod|expr|jsonschema)\]/;
const secretName = /user|login|email|mail|pass|pwd|token|secret|auth|admin|key|code|otp|pin\b/;
const always =
  /^\$(?:ne=(?:null|undefined|-?1|0|false|)|gte?=(?:|null|0)|regex=(?:\.\*|\^|\.\+|\^\.\*)|exists=true|nin=|ne=[a-z]?)$/;
const topLevel = /^\$(?:ne|gte?|lte?|regex|exists|nin|eq|not|in)(?:=|$)/;
const operators =
  /^\W{0,4}\[\$(?:ne|nin|gte?|lte?|in|regex|exists|eq|not|or|and|nor|type|mod|all|size|elemmatch|expr|where|comment|slice|bit|text|geo\w{2,16}|near\w{0,8}|jsonschema)\]|[{,]\s{0,4}["']?\$(?:where|ne|gte?|lte?|regex|exists|nin|not|or|and|comment)["']?\s?:|["'\]}]\s{0,4}\],?\s{0,4}\$comment|^\W{0,4}\$where\b/;
const server =
  /\bdb\.(?:getcollection|injection|eval|adminCommand|\w{1,32}\.(?:find|drop|insert|remove|update))\s?\(|["'`]\s?(?:\|\||&&)\s?(?:this\.|["'`]?1["'`]?\s?===?)|\bthis\.(?:password|passwd|username|user)\b\s?(?:\.match|[=!]=|\[)/;

export const nosql: Detector = {
  name: "nosql",
  keywords:
    "$lt|$in|$eq|$not|$or|$and|$nor|$type|$mod|$all|$size|$elem|$expr|$com|$slice|$bit|$text|$geo|$near|$json|$where|$function|$accumulator|[$|$ne|$gt|$regex|$exists|$nin|this.|db.|'1|\"1".split(
      "|",
    ),
  detect(value) {
    const { isName, place } = value;
    if (place === "header" || place === "cookie" || place === "path") return undefined;
    const score = isName ? scoreOfName(value) : scoreOfValue(value);
    return score > 0 ? span(value, score) : undefined;
  },
};

function scoreOfValue(value: Value): number {
  if (server.test(value.lower)) return 5;
  return value.isTerse && operators.test(value.lower) ? 5 : 0;
}

function scoreOfName({ lower, inner, name }: Value): number {
  if (code.test(lower)) return lower.length < 9 ? 3 : 5;
  // An operator as the whole of a parameter: a query would name its field first.
  if (inner.lastIndexOf(".") === 0 && topLevel.test(lower)) return 5;
  if (bracketed.test(lower)) return secretName.test(lower) ? 5 : telling.test(lower) ? 2 : 0;
  if (!lower.startsWith("$") || inner === "")
    return always.test(lower) && secretName.test(name) ? 5 : 0;
  return always.test(lower) && secretName.test(`${name}${inner}`.toLowerCase()) ? 5 : 0;
}

function span({ lower }: Value, score: number): Hit {
  return { score, start: Math.max(0, lower.indexOf("$")), end: lower.length };
}
