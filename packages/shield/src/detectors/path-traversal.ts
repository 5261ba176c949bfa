// Reading files that the application did not mean to serve: a path that climbs out of its directory,
// the name of a file that only an attacker asks for, or a wrapper that reads any file.
import { firstHit, hitOf, type Detector, type Hit, type Value } from "./detector.ts";

const sensitive =
  /(?:^|[/:])(?:etc\/(?:passwd|shadow|group|hosts|services|issue|motd|fstab|crontab|sudoers|hostname|resolv\.conf|ssh\/|apache2?\/|httpd\/|nginx\/|mysql\/|my\.cnf|php|init\.d\/|cron|master\.passwd|security\/)|proc\/(?:self|version|cmdline|\d{1,7}|net)\b|(?:windows|winnt)\/(?:system32|system\.ini|win\.ini|repair|desktop\.ini|php\.ini|debug|panther|$)|boot\.ini|win\.ini|var\/(?:log|www|lib|mail|run)\/|usr\/(?:local\/)?(?:etc|apache|nginx)|root\/\.|home\/[\w.-]{1,32}\/\.|web-inf\/|meta-inf\/|\.ssh\/(?:id_|authorized|known)|\.aws\/cred|\.git\/(?:config|head|index)|\.htpasswd|\.htaccess|\.bash_history|wp-config\.php|inetpub\/|autoexec\.bat|global\.asa|sam$)/;
const hexadecimal = /0x(?:2e|2f|5c)/;
const climb = /(?:^|[/\s=:;|"'(,])\.\.(?:[/;]|$)/;
const climbs = /(?:^|[^.\w])\.\.\/{1,8}[^/\s]{0,64}?\/{0,8}(?:[^/\s]{1,64}\/){0,3}\.\.(?:\/|$)/;
const threeClimbs = /(?:\.\.\/{1,8}[^/\s]{0,64}\/{0,8}){2}\.\.(?:\/|$)/;
const asset =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|ts|tsx|jsx|html?|md|pdf|woff2?|mp[34]|webm)$/;
const always: readonly (readonly [RegExp, number])[] = [
  [/(?:^|[^.])\.{3,8}\/{1,4}(?:\.{3,8}\/|windows|winnt|etc|boot\.ini)|(?:^|[^.])\.{4,8}\/\//, 5],
  [/(?:\.\/){8}/, 5],
  [/::\$(?:data|index_allocation)\b/, 5],
  [
    /^\S{0,64}?(?:^|[=\s"'(])(?:php|phar|zip|expect|glob|compress\.(?:zlib|bzip2)|ogg|ssh2\.\w{1,8}):\/\/\S{0,512}$/,
    5,
  ],
  [/^\s{0,8}(?:url:|view-source:)?file:(?:\/|\\)/, 5],
  [
    /^\/?[a-z]:\/{1,4}(?:(?:windows|winnt|inetpub)\/\S{0,64}(?:\/\S{1,64}\/|\.\w{2,4}\b)|boot\.ini)/,
    5,
  ],
];

export const pathTraversal: Detector = {
  name: "path-traversal",
  keywords: [
    "..",
    "./",
    ".\\",
    ..."etc/|etc\\|proc/|windows|winnt|boot.ini|win.ini|var/|usr/|root/|home/|-inf/|.ssh|.aws|.git/|.ht|.bash_|wp-config|inetpub|::$|://|file:|0x2f|0x5c|0x2e|autoexec".split(
      "|",
    ),
  ],
  detect(value) {
    if (value.place === "header" && value.name === "referer") return undefined;
    const text = normalize(value.lower);
    const hit = inHexadecimal(value.lower) ?? inPath(value, text);
    return hit ?? (value.place === "path" ? undefined : inValue(value, text));
  },
};

/** Both slashes are one; the length stays what it was. */
function normalize(lower: string): string {
  return lower.includes("\\") ? lower.replaceAll("\\", "/") : lower;
}

/** Dots and slashes spelled as hexadecimal numbers, which only an attack does. */
function inHexadecimal(lower: string): Hit | undefined {
  if (!hexadecimal.test(lower)) return undefined;
  const text = lower.replace(/0x2e/g, ".").replace(/0x(?:2f|5c)/g, "/");
  return climb.test(text) ? { score: 5, start: 0, end: lower.length } : undefined;
}

/** What is an attack in a path as in any other value. */
function inPath(value: Value, text: string): Hit | undefined {
  const steps = hitOf(climb.exec(text), 3);
  if (steps) {
    const file = sensitive.exec(text);
    if (file || threeClimbs.test(text) || text.includes("/..;")) return { ...steps, score: 5 };
    if (climbs.test(text)) return { ...steps, score: value.place === "path" ? 5 : 4 };
    if (value.place === "path")
      return /^(?:\/|%)*\.\.(?:\/|$)/.test(text) ? { ...steps, score: 5 } : { ...steps, score: 2 };
    if (isPathLike(text) && !asset.test(text))
      return { ...steps, score: steps.start === 0 ? 3 : 2 };
  }
  if (value.place === "path")
    return hitOf(/^\/{1,4}(?:etc\/(?:passwd|shadow)$|proc\/self\/)/.exec(text), 5);
  return undefined;
}

function inValue({ lower, isName }: Value, text: string): Hit | undefined {
  const hit = firstHit(text, always);
  if (hit) return hit;
  const trimmed = text.trimStart();
  // A sentence may name a file; a value that is nothing but its path asks for it.
  const file = sensitive.exec(trimmed.replaceAll(/\/{2,8}/g, "/"));
  if (!file || isName) return undefined;
  const words = trimmed.trimEnd().split(/\s{1,64}/, 4);
  const starts = trimmed.startsWith("/") || /^[a-z]:\//.test(trimmed) || words.length === 1;
  const prose = words.length > 2;
  if (!starts || prose || /^https?:/.test(trimmed)) return undefined;
  return { score: 5, start: 0, end: lower.length };
}

function isPathLike(text: string): boolean {
  return !/\s/.test(text.trim());
}
