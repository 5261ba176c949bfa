// Template injection: a delimiter pair with an expression inside. A placeholder, a mustache name or a
// group of LaTeX is no expression: a calculation, a call or the way to an object's class is.
import { firstHit, type Detector, type Hit } from "./detector.ts";

/** Delimiter pairs read of one value. */
export const MAX_PAIRS = 32;
/** Characters between two delimiters that are read. */
export const MAX_EXPRESSION = 256;

const pairs: readonly (readonly [open: string, close: string])[] = [
  ["{{", "}}"],
  ["{%", "%}"],
  ["<%", "%>"],
  ["#{", "}"],
  ["*{", "}"],
  ["${", "}"],
];

const calculation = /^[\s=(]{0,8}['"]?\d{1,8}['"]?\s?[*+/%-]\s?['"]?\d{1,8}/;
const expression =
  /['"\]()]\s?\.\s?_?_?[a-z]|__[a-z]\w{1,31}__|\|\s?attr\s?\(|\b(?:config|self|_self|request|cycler|joiner|lipsum|settings)\b\s?[.[}|]|\$on\.|constructor|\bsystem\s?['"(]|\d\s?\*\s?['"]?\d/;
const call = /\w\s?\(\s?(?:['"\d[]|\))/;
// Filters of templates are called too; these names reach out of a template.
const reaching =
  /\b(?:system|exec|eval|popen|open|import|require|passthru|shell_exec|phpinfo|print|getclass|forname|invoke|getruntime|read|source|dump|file_get_contents|call|spawn)\s?\(|\)\s?\(/;
const anywhere: readonly (readonly [RegExp, number])[] = [
  [
    /#set\s?\(\s?\$|#(?:foreach|include|parse|evaluate)\s?\(|<#assign|\$class\.(?:inspect|forname|type)/,
    5,
  ],
  [
    /@\(\s?\d{1,8}\s?[*+]\s?\d{1,8}\s?\)|\{system\s?\(|\{\$smarty\.|\{\{\s?\[\]\.|\[\[\$?\{|__\$\{/,
    5,
  ],
  [/<%[=#@-]?\s{0,4}[\w.*+ '"()]{1,64}%>/, 5],
];

export const template: Detector = {
  name: "template",
  keywords:
    "{{|{%|<%|#{|*{|${|#set|#foreach|#include|#parse|#evaluate|<#assign|$class|@(|{system|{$smarty|[[$".split(
      "|",
    ),
  inSegments: true,
  detect({ lower, place }) {
    if (place === "header") return undefined;
    return inPairs(lower) ?? firstHit(lower, anywhere);
  },
};

function inPairs(text: string): Hit | undefined {
  for (const [open, close] of pairs) {
    let at = text.indexOf(open);
    for (let count = 0; at >= 0 && count < MAX_PAIRS; count++) {
      const from = at + open.length;
      const window = text.slice(from, from + MAX_EXPRESSION);
      const length = window.indexOf(close);
      const body = length < 0 ? window : window.slice(0, length);
      if (speaks(open, body)) return { score: 5, start: at, end: from + body.length };
      at = text.indexOf(open, from);
    }
  }
  return undefined;
}

function speaks(open: string, body: string): boolean {
  if (calculation.test(body)) return true;
  if (open === "${") return shellSafe.test(body);
  return expression.test(body) || (open.startsWith("{") ? reaching : call).test(body);
}

/** In `${}`, which shells and scripts have too, a call with an argument or a method of a string. */
const shellSafe = /^\s{0,4}[\w.]{1,64}\(\s?["'\d)]|^\s{0,4}["'][^"'}]{0,64}["']\s?\./;
