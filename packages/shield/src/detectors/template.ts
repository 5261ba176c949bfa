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
  [/<%[=-]?\s{0,4}(?:\d{1,8}\s?[*+-]\s?\d{1,8}|`|%x|system|exec|file\.|io\.|dir\.|eval)/, 5],
  [
    /<%@\s?(?:page|include|taglib|import)\b|<jsp:(?:include|forward|usebean|expression|scriptlet)\b|<c:import\s/,
    5,
  ],
  [
    /<!--#(?:exec|include|echo|printenv|config|set|fsize|flastmod)\b|<esi:(?:include|vars|inline|debug)\b/,
    5,
  ],
];

/** Headers have braces of their own: only what tests an engine or a server speaks there. */
const inHeaders: readonly (readonly [RegExp, number])[] = [
  [/(?:\{\{|[$#]\{|<%=)\s?\d{1,8}\s?\*\s?\d{1,8}\s?(?:\}|%>)|<!--#(?:exec|include|echo)\b/, 5],
];

/** What only tests a template engine, where no text is expected. */
const wholes: readonly (readonly [RegExp, number])[] = [
  [/(?:[{[(@$#*~%!][{([]|\{|<%=?)\s?\d{1,8}\s?[*+-]\s?['"]?\d{1,8}['"]?\s?(?:[\])}]{1,3}|%>)/, 5],
  [
    /\{\{\s?[=#^>/!]?\s?(?:config|self|_self|this|request|settings|app|dump|debug|session|g|range|with|constructor|__\w{1,16})\b/,
    5,
  ],
  [
    /\{%-?\s?(?:import|include|extends|from|debug|load|set|if|for|macro|block|call|filter|raw|with|autoescape|print)\b/,
    5,
  ],
  [/\{(?:literal|php|system|if\s|include\s|fetch\s|smarty_internal_\w{1,32}|\$smarty|eval\s)/, 5],
  [/@system\.|@\{\s?\w{1,16}\s|@(?:html|model|viewbag|inject|functions)\b\W|\broot\.process\b/, 5],
  [
    /[$#]\{\s?(?:param|sessionscope|applicationscope|requestscope|pagecontext|header|cookie|initparam|facescontext|request|session|application|self|environment|systemproperties|beans?|t\()\b/,
    5,
  ],
  [
    /\.__(?:class|base|bases|mro|subclasses|globals|builtins|init|dict|import)__\b|\[['"]__\w{2,16}__['"]\]/,
    5,
  ],
];

export const template: Detector = {
  name: "template",
  keywords:
    "<!--#|<esi|<jsp|<c:|__|{if|{lit|{php|{sys|{fetch|{inc|{sma|{eval|@sys|@{|@html|@model|@view|@inj|@func|root.process|{1|{2|{3|{4|{5|{6|{7|{8|{9|[1|[2|[3|[4|[5|[6|[7|[8|[9|{{|{%|<%|#{|*{|${|#set|#foreach|#include|#parse|#evaluate|<#assign|$class|@(|{system|{$smarty|[[$".split(
      "|",
    ),
  inAnyHeader: true,
  inSegments: true,
  detect(value) {
    const { lower, place } = value;
    if (place === "header") return firstHit(lower, inHeaders);
    const hit = inPairs(lower) ?? firstHit(lower, anywhere);
    return hit ?? (value.isTerse ? firstHit(lower, wholes) : undefined);
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
