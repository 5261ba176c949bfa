// Addresses a server should not be sent to: the metadata services of clouds, hosts in notations that
// only hide them, schemes that speak to other services, and collectors of out-of-band requests. A
// private address alone is suspicious, and nothing at all where OAuth sends it.
import type { Detector, Hit, Value } from "./detector.ts";
import { readHost } from "./host.ts";

const metadata: ReadonlySet<string> = new Set(
  "169.254.169.254 169.254.170.2 192.0.0.192 100.100.100.200 168.63.129.16 metadata.google.internal metadata.packet.net metadata.platformequinix.com metadata.tencentyun.com instance-data rancher-metadata metadata kubernetes.default.svc kubernetes.default.svc.cluster.local [fd00:ec2::254]".split(
    " ",
  ),
);
const collectors =
  /(?:^|\.)(?:burpcollaborator\.net|oastify\.com|oast\.(?:pro|live|site|online|fun|me)|interact\.sh|interactsh\.com|dnslog\.cn|ceye\.io|requestbin\.net|nip\.io|xip\.io|sslip\.io|localtest\.me|lvh\.me|1u\.ms|rbndr\.us|spoofed\.burpcollaborator\.net)$/;
const schemes =
  /^\s{0,4}(?:gopher|dict|tftp|ldaps?|netdoc|jar|sftp|ssh|telnet|rmi|jmx):(?:\/\/|http)/;
const unixSocket = /^\s{0,4}(?:https?:\/\/)?unix:\/{1,3}\S{0,64}(?:\/|\.sock)/;
const throughSocket = /(?:^|[?&])unix:./;
const redirects =
  /redirect|callback|return|continue|next|origin|referr?er|audience|issuer|post_logout|site/;
const web = /(?:https?|ftps?|wss?):[\\/]{0,8}([^\s/?#\\"'<>]{1,256})/g;
/** An address without its scheme, which the page's own completes. */
const schemeless = /^\s{0,4}(?:[\\/]{2}|@)(?:169\.254\.169\.254|metadata\.google\.internal)\b/;

/** URLs read of one value. */
export const MAX_URLS = 8;

export const ssrf: Detector = {
  name: "ssrf",
  keywords:
    "http: https: ftp: ftps: ws: wss: gopher: dict: ldap: ldaps: netdoc: jar: sftp: ssh: telnet: rmi: jmx: unix: 169.254.169.254 metadata. tftp:".split(
      " ",
    ),
  detect(value) {
    if (value.place === "cookie" || value.place === "header") return undefined;
    const { lower } = value;
    if (isForSocket(lower) || schemes.test(lower) || schemeless.test(lower))
      return { score: 5, start: 0, end: lower.length };
    return value.isName ? undefined : inUrls(value);
  },
};

/** A socket of the machine itself, also as what a proxy is to speak to a URL through: `unix:…|http://…`. */
function isForSocket(lower: string): boolean {
  if (!lower.includes("unix:")) return false;
  const parts = lower.split("|");
  return (
    unixSocket.test(lower) ||
    parts.some((part, at) => /^https?:/.test(parts[at + 1] ?? "") && throughSocket.test(part))
  );
}

function inUrls(value: Value): Hit | undefined {
  const { lower } = value;
  // A sentence may mention an address; a value that is a URL asks for it.
  const whole = /^\s{0,4}(?:url:)?(?:https?|ftps?|wss?):\S{1,4096}\s{0,4}$/.test(lower);
  web.lastIndex = 0;
  for (let count = 0; count < MAX_URLS; count++) {
    const match = web.exec(lower);
    if (!match) return undefined;
    const fragment = /^#@([^\s/?#\\"'<>]{1,256})/.exec(lower.slice(match.index + match[0].length));
    const score = Math.max(
      scoreOfHost(match[1]!, match[0], whole, value),
      fragment ? scoreOfHost(fragment[1]!, match[0], whole, value) : 0,
    );
    if (score > 0) return { score, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

function scoreOfHost(authority: string, written: string, whole: boolean, value: Value): number {
  const host = readHost(authority);
  const slashes = written.includes("://");
  if (metadata.has(host.name)) return 5;
  if (!whole || value.place === "path") return 0;
  if (host.odd) return 5;
  if (collectors.test(host.name)) return 5;
  if (!slashes && host.isPrivate) return 5;
  if (!host.isPrivate || redirects.test((value.name + value.inner).toLowerCase())) return 0;
  return 2;
}
