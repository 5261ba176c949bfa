// Attacks on frameworks that show in one header, path or body: their own signals, used from outside.
import { firstHit, hitOf, type Detector, type Hit, type Value } from "./detector.ts";

const inBody: readonly (readonly [RegExp, number])[] = [
  // React server functions: a chunk that pretends to be a promise or reaches a constructor
  [
    /\$\w{0,16}:(?:__proto__|constructor)\b|"?\$[@\w]{0,16}:\w{1,32}:constructor|"?_formdata"?\s?:|"?status"?\s?:\s?"?resolved_model|"?_prefix"?\s?:\s?"[^"]{0,64}(?:process|require|child)/,
    5,
  ],
];
const inPath: readonly (readonly [RegExp, number])[] = [
  // path parameters that one server drops and the next does not
  [/\/\.\.;\/|\/;\/|;\/\.\.\//, 5],
  [/\/index\.php\/[^/]{0,32}\/invokefunction/, 5],
];
/** Switches of php-cgi, and a ThinkPHP route to a method. */
const inName =
  /^(?:[\w[\]]{0,64})?\[#(?:post_render|pre_render|lazy_builder|markup|type|access_callback|value_callback|process|submit|validate)\]/;
const inQuery =
  /^-(?:s$|[a-z]\s?(?:allow_url_include|auto_prepend_file|d\s))|^\u00ad[a-z]\b|^s=.{0,32}\\think/;

export const framework: Detector = {
  name: "framework",
  keywords:
    "__proto__ constructor _formdata resolved_model _prefix ..; /;/ ;/ invokefunction -d -s allow_url auto_prepend think middleware pages src [# __construct".split(
      " ",
    ),
  inAnyHeader: true,
  detect(value) {
    if (value.isName && inName.test(value.lower)) return hitOf(inName.exec(value.lower), 5);
    if (value.name === "_method" && value.lower === "__construct")
      return { score: 5, start: 0, end: value.lower.length };
    if (value.place === "body") return firstHit(value.lower, inBody);
    if (value.place === "path") return firstHit(value.lower, inPath);
    if (value.place === "header") return inHeader(value);
    return value.isName ? hitOf(inQuery.exec(value.lower), 5) : firstHit(value.lower, inBody);
  },
};

/** Next.js takes this header from itself only (CVE-2025-29927). */
function inHeader({ name, lower }: Value): Hit | undefined {
  if (name !== "x-middleware-subrequest") return undefined;
  return { score: 5, start: 0, end: lower.length };
}
