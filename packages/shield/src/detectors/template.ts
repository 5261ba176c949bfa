// Template injection: a delimiter pair with an expression inside. A placeholder, a mustache name or a
// group of LaTeX is no expression: a calculation, a call or the way to an object's class is.
import { firstHit, type Detector } from "./detector.ts";

const expression = String.raw`(?:\d{1,8}\s?[*+\/%-]\s?['"]?\d{1,8}|['"\]\[()]{1,3}\s?\.\s?_?_?\w|__\w{2,32}__|[\w.]{1,64}\s?\(\s?(?:['"\d\[]|\))|\|\s?attr\s?\(|\b(?:config|self|_self|request|cycler|joiner|lipsum|settings)\b\s?[.\[}|]|\$on\.|constructor|\bsystem\b\s?['"(])`;
const pair = (
  open: string,
  body: string,
  close: string,
  score: number,
): readonly [RegExp, number] => [
  new RegExp(`${open}(?:(?!${close})[^]){0,256}?${expression}${body}`),
  score,
];

const patterns: readonly (readonly [RegExp, number])[] = [
  pair(String.raw`\{\{`, "", String.raw`\}\}`, 5),
  pair(String.raw`\{%`, "", String.raw`%\}`, 5),
  pair("<%", "", "%>", 5),
  pair(String.raw`#\{`, "", String.raw`\}`, 5),
  pair(String.raw`\*\{`, "", String.raw`\}`, 5),
  [
    /\$\{\s?(?:['"]?\d{1,8}['"]?\s?[*+-]\s?['"]?\d{1,8}|[\w.]{1,64}\(\s?["'\d)]|["'][^"'}]{0,64}["']\s?\.)/,
    5,
  ],
  [
    /#set\s?\(\s?\$|#(?:foreach|include|parse|evaluate)\s?\(|<#assign|\$class\.(?:inspect|forname|type)/,
    5,
  ],
  [
    /@\(\s?\d{1,8}\s?[*+]\s?\d{1,8}\s?\)|\{system\s?\(|\{\$smarty\.|\{\{\s?\[\]\.|\[\[\$?\{|__\$\{/,
    5,
  ],
  [/<%[=#@-]?\s{0,4}[\w.*+ '"()]{1,64}/, 5],
];

export const template: Detector = {
  name: "template",
  keywords: [
    "{{",
    "{%",
    "<%",
    "#{",
    "*{",
    "${",
    "#set",
    "#foreach",
    "#include",
    "#parse",
    "#evaluate",
    "<#assign",
    "$class",
    "@(",
    "{system",
    "{$smarty",
    "[[$",
  ],
  inSegments: true,
  detect: ({ lower, place }) => (place === "header" ? undefined : firstHit(lower, patterns)),
};
