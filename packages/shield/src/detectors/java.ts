// Java by its dangerous classes, its expression languages, and its serialised objects.
import { firstHit, type Detector } from "./detector.ts";

const code: readonly (readonly [RegExp, number])[] = [
  [
    /\bjava\.(?:(?!java\.)[\w.]){0,64}?(?:runtime|processbuilder|scriptengine\w{0,16}|urlclassloader|processimpl)\b(?! [a-z]{2,32}(?:\s|$))/,
    5,
  ],
  [
    /\bgetruntime\s?\(\s?\)|\bprocessbuilder\s?\(|\.getclass\s?\(\s?\)\s?\.|\bclass\.forname\s?\(|\.getmethod\s?\(|\.invoke\s?\(|java\.lang\.class\b/,
    5,
  ],
  [/\b(?:javax\.(?:script\.scriptengine\w{0,16}|naming\.initialcontext)|javax\.el\.\w{1,32})\b/, 5],
  [
    /#_?memberaccess|#(?:context|parameters|request|session|application)\s?(?:\[|\.\w|=)|@java\.|@org\.|#rt\b|#a=|\(#\w{1,32}\s?=/,
    5,
  ],
  [
    /[%$]\{\s?\(?[#@]|[%$]\{\s?new\s(?!date\b|url\b|error\b)|\bt\(java\.|\bnew\s{1,4}java\.|[%$]\{\d{1,8}[*+-]\d{1,8}\}/,
    5,
  ],
  [/\bclass\.(?:module\.)?classloader\b|\bclassloader\.(?:resources|urls|url)/, 5],
  [/\b(?:filesystem|classpath|genericgroovy)xmlapplicationcontext\b|xmlapplicationcontext\s?\(/, 5],
  [
    /\bcom\.(?:opensymphony\.xwork2|sun\.rowset\.jdbcrowset\w{0,8}|sun\.org\.apache\.xalan|mchange\.v2)|\borg\.apache\.(?:struts2\.|commons\.collections\d?\.functors|xalan\.)|\bfreemarker\.template\.utility\.execute|\bognl\.\w{1,32}|\borg\.springframework\.(?:expression|context\.support|cglib)/,
    5,
  ],
  [/"@type"\s?:\s?"|!!javax\.script|!!com\.sun|!!java\./, 5],
  [
    /<(?:java\.util\.|java\.lang\.|dynamic-proxy|sorted-set>|org\.apache\.commons|void\s{1,8}(?:class|method|property))/,
    5,
  ],
];
const serialised: readonly (readonly [RegExp, number])[] = [
  [/(?:^|[^A-Za-z0-9+/])(?:rO0AB[A-Za-z0-9]|KztAA[A-Z0-9]|Cs7QA[A-Z0-9])/, 5],
  [/^\u00ac\u00ed|^\s{0,4}aced0005/i, 5],
  // BinaryFormatter of .NET
  [/^\s{0,4}AAEAAAD\/{4,5}AQ/, 5],
];

/** A stack trace names classes too, and is a thing to search for. */
const trace = /(?:Exception|Error)\b/;
/** Classes and packages by name, where no text is expected. */
const classes: readonly (readonly [RegExp, number])[] = [
  [
    /\bjavax?\.(?:applet|beans|crypto|el|io|lang|management|naming|net|nio|rmi|script|security|servlet|sql|swing|util|xml)\.(?:[a-z]\w{0,32}\.){0,4}[A-Z]\w{0,64}\b(?!\.\w)/,
    5,
  ],
  [
    /\b(?:com\.(?:sun|mchange|opensymphony|alibaba\.fastjson|zaxxer|fasterxml\.jackson\.databind)|org\.(?:apache\.(?:commons|struts2?|xalan|xbean|tomcat|catalina|naming|logging|velocity|bcel|wicket|myfaces)|codehaus\.groovy|springframework\.(?:beans|core|web|aop)|hibernate|jboss|mozilla\.javascript|omg\.corba|python\.util|yaml\.snakeyaml)|jdk\.(?:jshell|nashorn|internal)|sun\.(?:misc|reflect|rmi)|groovy\.(?:lang|util)|clojure\.(?:lang|core)|bsh)\.(?:[a-z]\w{0,32}\.){0,6}[A-Z]\w{0,64}\b/i,
    5,
  ],
  [
    /\bgetClass\s?\(\s?\)|\b(?:redirect|action|redirectAction):\s?[%$]\{|\bmethod:#|["']\s?\.execute\s?\(\s?\)|^\W{0,4}#\w{1,16}\s?=|\bnew\s{1,4}(?:File|ProcessBuilder|Scanner|URLClassLoader|Socket)\s?\(|\bSystem\.(?:exit|getenv|getProperty|setProperty|load)\s?\(/,
    5,
  ],
];

export const java: Detector = {
  name: "java",
  keywords:
    "com.sun|com.mchange|com.open|fastjson|jackson|com.zaxxer|.execute|org.|jdk.|sun.|groovy|clojure|bsh.|redirect:|action:|method:|new file|new scan|new url|new sock|system.|java.|getruntime|processbuilder|getclass|forname|getmethod|.invoke|javax|#|%{|${|t(j|classloader|xmlapplicationcontext|xwork2|jdbcrowset|xalan|struts|freemarker|ognl|springframework|@type|!!|dynamic-proxy|sorted-set|<void|ro0ab|kztaa|cs7qa|aced0005|aaeaaad|commons.collections".split(
      "|",
    ),
  inAnyHeader: true,
  detect(value) {
    const { lower, text, raw } = value;
    const hit = firstHit(lower, code) ?? firstHit(text, serialised) ?? binary(raw);
    if (hit || !(value.isTerse || value.place === "cookie")) return hit;
    return trace.test(text) ? undefined : firstHit(text, classes);
  },
};

/** Decoding drops NUL, which the stream header of a serialised object has. */
function binary(raw: string): ReturnType<typeof firstHit> {
  return /%ac%ed%00%05/i.test(raw) ? { score: 5, start: 0, end: 0 } : undefined;
}
