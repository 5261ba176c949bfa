// Reading files that the application did not mean to serve: a path that climbs out of its directory,
// the name of a file that only an attacker asks for, or a wrapper that reads any file.
import { firstHit, hitOf, type Detector, type Hit, type Value } from "./detector.ts";
import { isGrammatical } from "../headers.ts";

const sensitive =
  /(?:^|[/:])(?:etc\/(?:passwd|shadow|group|hosts|services|issue|motd|fstab|crontab|sudoers|hostname|resolv\.conf|ssh\/|apache2?\/|httpd\/|nginx\/|mysql\/|my\.cnf|php|init\.d\/|cron|master\.passwd|security\/|os-release|environment|profile|networks|samba\/|exports|inittab|machine-id|gshadow|(?:lsb|redhat)-release|debian_version|bash\.bashrc|mtab|vsftpd|proftpd|letsencrypt\/|kubernetes\/|default\/|pam\.d\/)|proc\/(?:self|version|cmdline|\d{1,7}|net)\b|(?:windows|winnt)\/(?:system32|system\.ini|win\.ini|repair|desktop\.ini|php\.ini|debug|panther|$)|boot\.ini|win\.ini|(?:var\/)?run\/secrets\/|tomcat-users\.xml|dev\/(?:fd|shm)\/|var\/(?:log|www|lib|mail|run)\/|usr\/(?:local\/)?(?:etc|apache|nginx)|root\/\.|home\/[\w.-]{1,32}\/\.|web-inf\/|meta-inf\/|\.ssh\/(?:id_|authorized|known)|\.aws\/cred|\.git\/(?:config|head|index)|\.htpasswd|\.htaccess|\.bash_history|wp-config\.php|inetpub\/|autoexec\.bat|global\.asa|sam$)/;
const hexadecimal = /0x(?:2e|2f|5c)/;
const climb = /(?:^|[/\s=:;|"'(,])\.\.(?:[/;]|$)/;
const climbs = /(?:^|[^.\w])\.\.\/{1,8}(?:[^/\s]{1,64}\/{1,8}){0,4}[^/\s]{0,64}?\.\.(?:\/|$)/;
const threeClimbs = /(?:\.\.\/{1,8}[^/\s]{0,64}\/{0,8}){2}\.\.(?:\/|$)/;
const asset =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|ts|tsx|jsx|html?|md|pdf|woff2?|mp[34]|webm)$/;
/** Files that no page links to, as all there is. */
const wholes: readonly (readonly [RegExp, number])[] = [
  [/^\s{0,4}\/{1,8}(?:etc|proc)\/[\w.*?[\]/-]{1,256}\s{0,4}$/, 5],
  [
    /^\s{0,4}\/{1,8}(?:[\w.-]{1,32}\/{1,4}){0,4}(?:\.{1,2}\/{1,4}){1,8}(?:etc|proc|var|usr|root|home)\//,
    5,
  ],
  [/^(?:~|\$home)\/\.[a-z]|^~root\b/, 5],
  [
    /^(?:[\w.-]{1,32}\/){0,2}(?:\.env(?:\.\w{1,16})?|\.git\/\w{1,16}|\.svn\/entries|\.npmrc|\.bashrc|\.profile|web\.config|id_[rd]sa)$/,
    5,
  ],
  [/^(?:\.{1,2}\/){1,16}(?:[\w.-]{1,32}\/){0,3}\.(?:env|git|ssh|aws|htpasswd|npmrc)\b/, 5],
  [/^\/\/[\w.-]{1,64}\/[a-z]\$(?:\/|$)|^\/\/\d{1,3}(?:\.\d{1,3}){3}\/\w/, 5],
  [
    /^[a-z]:\/(?:[^\s/]{1,32} ?[^\s/]{0,32}\/){1,6}[^\s/]{1,64}\.(?:ini|conf|cnf|config|log|sam|inf|bat|cmd|reg|dat)$/,
    5,
  ],
];
/** Parameters in which a way to another page is ordinary. */
const links =
  /redirect|callback|return|continue|next|origin|ref|url|uri|link|href|dest|goto|back|target|image|img|src|^to$|^from$|^r$|^u$/;
const junk = /(?:\.\.[^\w ./]{0,3}\/[^\w ./]{0,3}){3}|\.\.\p{Cc}{1,2}\//u;
/** `....//`, which is `../` once a filter has taken out a `../`. */
const mended =
  /(?:^|[^.])\.{3,8}\/{1,4}(?:\.{3,8}\/|windows|winnt|etc|boot\.ini)|(?:^|[^.])\.{4,8}\/\//;
const nul = /%(?:25){0,2}00/;
const encodedDots = /%(?:25){0,2}(?:2e|2f|5c)|%u|%c[01]|\\/i;

const always: readonly (readonly [RegExp, number])[] = [
  [mended, 5],
  [/(?:\.\/){8}/, 5],
  [/::\$(?:data|index_allocation)\b/, 5],
  [
    /^\S{0,64}?(?:^|[=\s"'(])(?:php|phar|zip|expect|data|glob|compress\.(?:zlib|bzip2)|ogg|ssh2\.\w{1,8}):\/\/\S{0,8192}$/,
    5,
  ],
  [/^\s{0,8}(?:url:|view-source:)?file:\/{1,8}[^\s/]/, 5],
  [
    /^\/?[a-z]:\/{1,4}(?:(?:windows|winnt|inetpub)\/\S{0,64}(?:\/\S{1,64}\/|\.\w{2,4}\b)|boot\.ini)/,
    5,
  ],
];

/** Paths that no page has, as received. */
const paths: readonly (readonly [RegExp, number])[] = [
  [mended, 5],
  [/^\/@fs\/{1,4}(?:[a-z]:\/)?(?:etc|proc|root|home|users|windows|var)\//, 5],
  [
    /^\/{1,4}(?:etc\/(?:passwd|shadow)$|proc\/self\/)|\/(?:web|meta)-inf\/|\/(?:winnt|windows)\/system32\//,
    5,
  ],
];

export const pathTraversal: Detector = {
  name: "path-traversal",
  readsNul: true,
  inAnyHeader: true,
  keywords: [
    "..",
    "\\\\",
    "./",
    ".\\",
    ..."etc/|etc\\|proc/|windows|winnt|boot.ini|win.ini|var/|usr/|root/|home/|-inf/|.ssh|.aws|.git/|.ht|.bash_|wp-config|inetpub|::$|://|file:|~/|$home|.env|.svn|.npmrc|.profile|web.config|id_rsa|id_dsa|.ini|.conf|.cnf|.log|run/secrets|tomcat-users|dev/fd|dev/shm|0x2f|0x5c|0x2e|autoexec".split(
      "|",
    ),
  ],
  detect(value) {
    if (value.place === "header" && value.name === "referer") return undefined;
    const text = normalize(value.lower);
    if (value.place === "header" && isGrammatical(value.name))
      return sensitive.test(text) ? hitOf(climb.exec(text), 5) : undefined;
    const hit = inHexadecimal(value.lower) ?? afterNul(value) ?? asWhole(value, text);
    if (hit) return hit;
    // What is suspicious as a way may be an attack as a value.
    const way = inPath(value, text);
    return way?.score === 5 || value.place === "path" ? way : (inValue(value, text) ?? way);
  },
};

/** Both slashes are one; the length stays what it was. */
function normalize(lower: string): string {
  return lower.replace(/\\/g, "/");
}

/** A file name with NUL in it ends there for one reader, and not for the next. */
function afterNul({ raw, lower, place, isName }: Value): Hit | undefined {
  if (isName || place === "header" || place === "body" || !nul.test(raw)) return undefined;
  return /^[\w./\\:-]{1,256}\s{0,2}$/.test(lower)
    ? { score: 5, start: 0, end: lower.length }
    : undefined;
}

/** Dots and slashes spelled as hexadecimal numbers, which only an attack does. */
function inHexadecimal(lower: string): Hit | undefined {
  if (!hexadecimal.test(lower)) return undefined;
  const text = lower.replace(/0x2e/g, ".").replace(/0x(?:2f|5c)/g, "/");
  return climb.test(text) ? { score: 5, start: 0, end: lower.length } : undefined;
}

/** What is an attack in a path as in any other value. */
function inPath(value: Value, text: string): Hit | undefined {
  const cut = hitOf(junk.exec(text), 5);
  if (cut) return cut;
  const steps = hitOf(climb.exec(text), 3);
  if (steps) {
    const file = sensitive.exec(text);
    if (file || threeClimbs.test(text) || text.includes("/..;")) return { ...steps, score: 5 };
    if (climbs.test(text))
      return {
        ...steps,
        score: value.place === "path" ? 5 : Math.max(4, scoreOfStep(value, steps)),
      };
    // A browser resolves what it is given: dots that are left were encoded to be left.
    if (value.place === "path" && encodedDots.test(value.raw)) return { ...steps, score: 5 };
    if (value.place === "path")
      return /^(?:\/|%)*\.\.(?:\/|$)/.test(text) ? { ...steps, score: 5 } : { ...steps, score: 2 };
    if (isPathLike(text) && !asset.test(text))
      return { ...steps, score: scoreOfStep(value, steps) };
  }
  if (value.place === "path") return firstHit(text, paths);
  return undefined;
}

/** One step up from where the application looks: out of it, unless the value is a way to a page. */
function scoreOfStep(value: Value, steps: Hit): number {
  if (steps.start !== 0) return 2;
  return value.isTerse && !value.isName && !links.test(value.name.toLowerCase()) ? 5 : 3;
}

function inValue(value: Value, text: string): Hit | undefined {
  const { lower, isName } = value;
  const hit = firstHit(text, always);
  if (hit) return hit;
  const trimmed = text.trimStart();
  // A sentence may name a file; a value that is nothing but its path asks for it.
  const words = trimmed.trimEnd().split(/\s{1,64}/, 3).length;
  const starts = trimmed.startsWith("/") || /^[a-z]:\//.test(trimmed) || words === 1;
  if (isName || !starts || words > 2 || /^https?:/.test(trimmed)) return undefined;
  const file = sensitive.test(trimmed.replaceAll(/\/(?:\.?\/){1,256}/g, "/"));
  return file ? { score: 5, start: 0, end: lower.length } : undefined;
}

/** A file as all there is, where no text is expected. */
function asWhole(value: Value, text: string): Hit | undefined {
  if (value.isName || !value.isTerse) return undefined;
  return onShare(value.lower) ?? firstHit(text, wholes);
}

/** A file of another machine's, by its UNC name. */
function onShare(lower: string): Hit | undefined {
  return hitOf(/^\\{2,8}[\w.-]{1,64}(?:@(?:ssl|\d{1,5}))?\\{1,4}[\w$.-]{1,64}/.exec(lower), 5);
}

function isPathLike(text: string): boolean {
  return !/\s/.test(text.trim());
}
