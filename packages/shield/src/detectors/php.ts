// PHP that a server would run: an opening tag with code after it, a call of a dangerous function with
// arguments, a superglobal, a serialised object. A function's name in a sentence is not a call.
import { firstHit, type Detector } from "./detector.ts";

const patterns: readonly (readonly [RegExp, number])[] = [
  [
    /<\?(?:=|\s{0,8}$|\s{1,8}(?:(?:echo|print|if|for|foreach|while|switch|function|class|include|require|return|use|eval|php|exit|die|global|goto|try)\b|[$(@`]|\w{1,40}\s{0,4}[(=;]))/,
    5,
  ],
  [/<\?\s{0,8}php[\s(:;]{1,16}[^?]{0,64}?["'($;=`]|<\?xml\s{0,16}[:(;]/, 5],
  [/[[{]\/?\\?php[\]}]/, 5],
  [/\$(?:_(?:get|post|request|server|cookie|files|session|env)|globals)\s?[[{]/, 5],
  [
    /\$\{@?(?:print|eval|system|sleep|phpinfo|exec|passthru|die|md5|var_dump)\s?\(|\{\$\{(?:sleep|print|system|phpinfo)/,
    5,
  ],
  // a quote or a statement closed, then a call
  [
    /["';)}.,]\s{0,2}@?(?:exit|die|print|print_r|var_dump|echo)\s?\(\s{0,2}(?:md5|phpinfo|chr|sha1|system|exec)\s?\(/,
    5,
  ],
  [
    /["'][.;]\s{0,4}@?(?:system|exec|shell_exec|passthru|popen|proc_open|eval|assert|phpinfo|sleep|file_get_contents|file_put_contents|base64_decode)\s?\(/,
    5,
  ],
  // a call as the whole value
  [
    /^[\s;@]{0,8}(?:system|exec|shell_exec|passthru|popen|proc_open|eval|assert|create_function|call_user_func(?:_array)?|file_put_contents|readfile|show_source|move_uploaded_file|base64_decode|file_get_contents|fopen|preg_replace)\s{0,4}\(\s{0,4}["'$][^)]{0,256}/,
    5,
  ],
  [
    /^[\s;@]{0,8}(?:phpinfo|getcwd|get_defined_vars|phpversion)\s{0,4}\(\s{0,4}\)\s{0,4};?\s{0,4}$/,
    3,
  ],
  [/\bchr\s?\(\d{1,3}\)\s?\.\s?chr\s?\(\d{1,3}\)/, 5],
  // serialised objects
  [/(?:^|[;{"])[oc]:\+?\d{1,6}:\\?"[\w\\]{1,128}\\?":\+?\d{1,6}:\{/, 5],
  // configuration by argument
  [
    /(?:allow_url_include|auto_prepend_file|auto_append_file|disable_functions|safe_mode|open_basedir|suhosin\.\w{1,32})\s{0,4}=/,
    5,
  ],
  [/\\think\\(?:app|container|request|template)|invokefunction&|s=\/?index\/\\?think/, 5],
  [/\$\w{1,32}\s?\(\s?(?:["']|\$_)|\$\w{1,32}\s?=\s?["'`]?\w{0,16}["'`]?\s?;\s?\$\w{1,32}\s?\(/, 5],
];

export const php: Detector = {
  name: "php",
  keywords:
    "<?|php]|php}|[php|{php|$_|$globals|${@|${s|${p|${e|exit(|die(|print(|md5(|phpinfo|system(|exec(|eval(|assert(|passthru|popen|proc_open|base64_decode|file_get|file_put|fopen|readfile|show_source|move_up|call_user|create_func|preg_replace|chr(|:{|allow_url|auto_prepend|auto_append|disable_func|safe_mode|open_basedir|suhosin|think|$a|$b|$c|$f|$x|sleep(".split(
      "|",
    ),
  inAnyHeader: true,
  inSegments: false,
  detect({ lower, isName, place }) {
    // `<?php` alone, as a name or a cookie, is no code.
    if (place === "header" && !/<\?|\$_|php|[oc]:\d/.test(lower)) return undefined;
    const hit = firstHit(lower, patterns);
    return hit && isName && /^<\?php(?:=|$)/.test(lower) ? undefined : hit;
  },
};
