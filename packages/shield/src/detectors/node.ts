// JavaScript that a Node server would run.
import { firstHit, type Detector } from "./detector.ts";

const patterns: readonly (readonly [RegExp, number])[] = [
  [/_\$\$nd_func\$\$_|_\$\$nd_func/, 5],
  [
    /\brequire\s?\(\s?["'`](?:node:)?(?:child_process|fs|vm|net|http|os|module|worker_threads|process)["'`]\s?\)\s?(?:\.|\[)/,
    5,
  ],
  [/\bchild_process["'`]?\s?\)?\s?\.\s?(?:exec|spawn|fork)/, 5],
  [/\b(?:global(?:this)?\.)?process\.(?:mainmodule|binding|dlopen|kill\s?\(|constructor)/, 5],
  [/\b(?:exec|execsync|spawn|spawnsync|execfile|execfilesync|fork)\s?\(\s?["'`]/, 5],
  [/\bconstructor\s?(?:\.\s?|\[\s?["'`])constructor\b|\.constructor\s?\(\s?["'`]/, 5],
  [
    /\(\s?function\s?\(\s?\w{0,16}\s?\)\s?\{[^}]{0,200}(?:while|return|typeof|process|require|new date)/,
    5,
  ],
  [/\bnew\s{1,4}function\s?\(\s?["'`]|\bfunction\s?\(\s?["'`]return/, 5],
  [
    /^[\s;'"`)}]{0,8}(?:process\.exit|eval|settimeout|setinterval)\s?\(\s?(?:["'`]|string|atob|compile|\w{1,16}\()/,
    5,
  ],
  [/["'`]\s?;\s?(?:return\b|while\s?\(|var\s|let\s|const\s|throw\b|process\.|this\.|db\.)/, 5],
  [/\bimport\s?\(\s?["'`](?:data:|node:|https?:)/, 5],
];

export const node: Detector = {
  name: "node",
  keywords:
    "nd_func|require|child_process|process.|exec(|spawn|execfile|execsync|constructor|function|eval|settimeout|setinterval|';|\";|`;|' ;|import(".split(
      "|",
    ),
  inSegments: false,
  detect: ({ lower, place }) =>
    place === "header" && lower.length < 8 ? undefined : firstHit(lower, patterns),
};
