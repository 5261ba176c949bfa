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
  // the first quote of the value, which closes what was opened before it
  [
    /^[^"'`]{0,256}["'`]\s?;\s?(?:return\b|while\s?\(|var\s|let\s|const\s|throw\b|process\.|this\.|db\.|\w{1,16}\s?=\s?new\b)/,
    5,
  ],
  [/\bimport\s?\(\s?["'`](?:data:|node:|https?:)/, 5],
];

/** What is JavaScript of a server as a whole value, where no text is expected. */
const wholes: readonly (readonly [RegExp, number])[] = [
  [
    /\bprocess\.(?:exit|env|argv|cwd|pid|abort|stdout|version|constructor|nexttick|umask)\b|\bglobal(?:this)?\.(?:process|constructor|root)\b/,
    5,
  ],
  [
    /\b(?:while|for)\s?\(\s?(?:true|1|!0|;{2})\s?\)|\bawait\s{1,4}import\s?\(|\bbuffer\.(?:from|alloc)\s?\(|\bconsole\.(?:log|error)\s?\(/,
    5,
  ],
  [
    /\b(?:res|response|resp)\.(?:end|write|send|json)\s?\(|\bvm\.run\w{2,16}\s?\(|\bfs\.(?:read|write|unlink|append|create)\w{2,16}\s?\(/,
    5,
  ],
  [
    /\bobject\.(?:assign|defineproperty|setprototypeof|prototype)\b|\breflect\.\w{3,16}\s?\(|\.constructor\s?(?:\(|`|\[|\.)/,
    5,
  ],
  [/^[\s;'"`)}]{0,8}(?:fork|spawn|exec|execsync|execfile|spawnsync)\s?\(\s?["'`[]/, 5],
];

export const node: Detector = {
  name: "node",
  keywords:
    "while(|while (|for(|await|buffer.|console.|res.|resp|vm.|fs.|object.|reflect.|global|nd_func|require|child_process|process.|exec(|spawn|execfile|execsync|constructor|function|eval|settimeout|setinterval|';|\";|`;|' ;|import(".split(
      "|",
    ),
  detect(value) {
    const { lower, place } = value;
    if (place === "header" && lower.length < 8) return undefined;
    return firstHit(lower, patterns) ?? (value.isTerse ? firstHit(lower, wholes) : undefined);
  },
};
