// LDAP filters: a value that closes its bracket and opens a filter of its own.
import { firstHit, type Detector } from "./detector.ts";

const patterns: readonly (readonly [RegExp, number])[] = [
  [/\*?\s?\(\s?[|&!]\s?\(\s?[\w-]{1,64}\s?[~<>]?=/, 5],
  [
    /\)\s?\(\s?[|&!]\s?[()]|\*\s?\)\s?\({1,2}\s?[|&!]?\s?[\w-]{1,64}\s?[~<>]?=|\)\s?\(\s?(?:uid|cn|mail|objectclass|userpassword|samaccountname)\s?[~<>]?=/,
    5,
  ],
  [/^[\w@.* -]{0,64}\*\s?\)\s?(?:\){1,2}|\(\s?[&|!]?)\s?$/, 5],
];

export const ldap: Detector = {
  name: "ldap",
  keywords: ["(|", "(&", "(!", ")(", "*)", "( |", "( &", ") ("],
  inSegments: true,
  detect: ({ lower, place }) =>
    place === "header" || (place === "body" && lower.length > 512)
      ? undefined
      : firstHit(lower, patterns),
};
