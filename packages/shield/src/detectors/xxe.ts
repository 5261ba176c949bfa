// XML that makes its reader fetch something: an entity from outside, an inclusion, a foreign schema.
import { firstHit, type Detector } from "./detector.ts";

const anywhere: readonly (readonly [RegExp, number])[] = [
  [/<?!entity\s{1,8}(?:%\s{0,8})?\S{1,64}\s{1,8}(?:system|public)\b/, 5],
  [
    /<!doctype\s[^<>[]{0,128}(?:system|public)\s{1,8}["'](?!-\/\/w3c|http:\/\/www\.w3\.org|about:legacy)/,
    5,
  ],
  [/<!doctype\s[^<>[]{0,128}\[\s{0,8}<!(?:entity|element|attlist)/, 5],
  [/<(?:xi:)?include\s[^<>]{0,256}href\s?=|2001\/xinclude["']/, 5],
  [/<!entity\s{1,8}%?\s?\S{1,64}\s{1,8}["'](?:&\w{1,64};){2}/, 5],
];
const inParameters: readonly (readonly [RegExp, number])[] = [
  [/\bxsi:(?:nonamespace)?schemalocation\s?=\s?["']/, 5],
  [/<xsl:(?:stylesheet|value-of|import|include)/, 5],
];

export const xxe: Detector = {
  name: "xxe",
  keywords: ["!entity", "!doctype", "xi:include", "xinclude", "schemalocation", "<xsl:"],
  inAnyHeader: true,
  detect: ({ lower, place }) =>
    firstHit(lower, anywhere) ?? (place === "body" ? undefined : firstHit(lower, inParameters)),
};
