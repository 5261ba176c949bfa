/** Request lines, as `GET /path?query HTTP/1.1`. */

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string | undefined;
}

const METHOD = /^[A-Za-z][A-Za-z-]{0,31}$/;
const VERSION = /^HTTP\/(\d(?:\.\d)?)$/;
/** Methods and versions are few, so each is checked once; hostile ones do not fill the memory. */
const MAX_KNOWN = 64;

/** A reader of request lines; undefined for what no HTTP server would have passed on. */
export function createRequestLineReader(): (text: string) => RequestLine | undefined {
  const methods = new Set<string>();
  const versions = new Map<string, string>();
  const isMethod = (text: string): boolean => {
    if (methods.has(text)) return true;
    if (!METHOD.test(text)) return false;
    if (methods.size < MAX_KNOWN) methods.add(text);
    return true;
  };
  const versionOf = (text: string): string | undefined => {
    const known = versions.get(text);
    if (known !== undefined) return known;
    const version = VERSION.exec(text)?.[1];
    if (version !== undefined && versions.size < MAX_KNOWN) versions.set(text, version);
    return version;
  };
  return (text) => {
    const first = text.indexOf(" ");
    const last = text.lastIndexOf(" ");
    if (first <= 0 || !isMethod(text.slice(0, first))) return undefined;
    const method = text.slice(0, first);
    const httpVersion = last > first ? versionOf(text.slice(last + 1)) : undefined;
    const target = text.slice(first + 1, httpVersion === undefined ? undefined : last);
    return target === "" ? undefined : { method, target, httpVersion };
  };
}
