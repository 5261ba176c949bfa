/** The options of curl that say what the request is, and those that are followed by a value. */

/** What an option with a value does to the request. */
export type Kind =
  | "header"
  | "agent"
  | "referer"
  | "cookie"
  | "method"
  | "data"
  | "raw"
  | "urlencoded"
  | "json"
  | "form"
  | "form-string"
  | "upload"
  | "query"
  | "target"
  | "range"
  | "url"
  | "user"
  | "bearer";

/** What an option without a value does to the request. */
export type Flag = "get" | "head" | "compressed" | "path-as-is";

const KINDS: Readonly<Record<string, Kind>> = {
  H: "header",
  header: "header",
  A: "agent",
  "user-agent": "agent",
  e: "referer",
  referer: "referer",
  b: "cookie",
  cookie: "cookie",
  X: "method",
  request: "method",
  d: "data",
  data: "data",
  "data-ascii": "data",
  "data-binary": "data",
  "data-raw": "raw",
  "data-urlencode": "urlencoded",
  json: "json",
  F: "form",
  form: "form",
  "form-string": "form-string",
  T: "upload",
  "upload-file": "upload",
  "url-query": "query",
  "request-target": "target",
  r: "range",
  range: "range",
  url: "url",
  u: "user",
  user: "user",
  "oauth2-bearer": "bearer",
};

const FLAGS: Readonly<Record<string, Flag>> = {
  G: "get",
  get: "get",
  I: "head",
  head: "head",
  compressed: "compressed",
  "path-as-is": "path-as-is",
};

// The values of these say how the request travels or what becomes of the answer.
const OTHERS: ReadonlySet<string> = new Set(
  `C D E K P Q U Y c h m o t w x y z abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type
  ciphers config connect-timeout connect-to continue-at cookie-jar create-file-mode crlfile curves
  delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine
  etag-compare etag-save expect100-timeout ftp-account ftp-alternative-to-user ftp-method ftp-port
  ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip help hostpubmd5 hostpubsha256 hsts interface
  ip-tos ipfs-gateway keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port
  login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy output
  output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert
  proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type
  proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword
  proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file rate resolve retry retry-delay retry-max-time
  sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit
  speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword
  tlsuser trace trace-ascii trace-config unix-socket variable vlan-priority write-out`.split(/\s+/),
);

/** What a name stands for, without its hyphens. */
export interface CurlOption {
  readonly kind: Kind | undefined;
  readonly flag: Flag | undefined;
  /** Whether a value follows. */
  readonly valued: boolean;
}

/** Looks an option up by its name, short or long. */
export function curlOption(name: string): CurlOption {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
  return { kind, flag, valued: kind !== undefined || OTHERS.has(name) };
}
