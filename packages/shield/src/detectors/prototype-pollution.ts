// Names that reach the prototype of an object.
import { firstHit, type Detector } from "./detector.ts";

const inNames: readonly (readonly [RegExp, number])[] = [
  [/(?:^|[[.\]{"'$:])__proto__(?:$|[\].[="':}])/, 5],
  [/(?:^|[[.\]{"':])constructor\]?(?:\[|\.)\s?["']?prototype\b/, 5],
];
const inValues: readonly (readonly [RegExp, number])[] = [
  [/__proto__(?:\[["']?\w|\.\s?\w{1,64}\s?=|"\s?:)/, 5],
  [
    /"constructor"\s?:\s?\{\s?"prototype"|constructor(?:\]?\[["']?prototype["']?\]|\.prototype\.\s?\w{1,64}\s?=)/,
    5,
  ],
];

const nested = /(?:^|\.)constructor\.prototype$/;

export const prototypePollution: Detector = {
  name: "prototype-pollution",
  keywords: ["__proto__", "prototype"],
  detect({ lower, name, inner, isName }) {
    if (isName && lower === "prototype" && nested.test(name + inner))
      return { score: 5, start: 0, end: lower.length };
    return firstHit(lower, isName ? inNames : inValues);
  },
};
