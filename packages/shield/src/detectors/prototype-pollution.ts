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

export const prototypePollution: Detector = {
  name: "prototype-pollution",
  keywords: ["__proto__", "prototype"],
  detect: ({ lower, isName }) => firstHit(lower, isName ? inNames : inValues),
};
