/**
 * The canonical path: what all spellings that a router may treat alike have in common. It goes
 * further than any single router on purpose, so that a rule that denies a path denies every way of
 * writing it: percent-encoding is decoded once, backslashes are slashes, dot segments are resolved,
 * runs of slashes collapse, a trailing slash goes, and case is folded where the router ignores it.
 */
const ORDINARY = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9_~.-]*)+$/;
const LOWER = /^[^A-Z\u0080-\uffff]*$/;

/**
 * Gives the canonical form of a path as received (without query); `resolveDots: false` leaves dot segments.
 *
 * @example
 * canonicalPath("/x/..//%61dmin/", false); // "/admin"
 */
export function canonicalPath(path: string, ignoreCase: boolean, resolveDots = true): string {
  const resolved = ORDINARY.test(path) ? path : joinSegments(decodeOnce(path), resolveDots);
  return ignoreCase && !LOWER.test(resolved) ? resolved.toLowerCase() : resolved;
}

/** Decodes each run of percent-encoded bytes that is valid UTF-8, and leaves every other one alone. */
function decodeOnce(path: string): string {
  if (!path.includes("%")) return path;
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%[0-7][0-9A-Fa-f]/g, (byte) =>
        String.fromCharCode(parseInt(byte.slice(1), 16)),
      );
    }
  });
}

const SLASH = 47;
const BACKSLASH = 92;
const DOT = 46;

/** Drops empty segments and resolves `.` and `..` (RFC 3986, 5.2.4), never above the root; one pass. */
function joinSegments(path: string, resolveDots: boolean): string {
  const kept: string[] = [];
  let start = 0;
  for (let at = 0; at <= path.length; at++) {
    const code = at < path.length ? path.charCodeAt(at) : SLASH;
    if (code !== SLASH && code !== BACKSLASH) continue;
    const length = at - start;
    const dots =
      resolveDots &&
      length > 0 &&
      length <= 2 &&
      path.charCodeAt(start) === DOT &&
      path.charCodeAt(at - 1) === DOT;
    if (dots && length === 2) kept.pop();
    else if (length > 0 && !dots) kept.push(path.slice(start, at));
    start = at + 1;
  }
  return `/${kept.join("/")}`;
}

/** A request target taken apart; nothing is decoded or cleaned. */
export interface Target {
  /** The authority of an absolute-form target, else "". */
  readonly authority: string;
  readonly path: string;
  /** With its leading "?", or "". */
  readonly query: string;
}

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#\\]*)/;

/**
 * Takes a request target apart as received (RFC 9112, 3.2): origin form, absolute form or `*`.
 *
 * @example
 * splitTarget("//api/x?y=1"); // { authority: "", path: "//api/x", query: "?y=1" }
 */
export function splitTarget(target: string): Target {
  let start = 0;
  let authority = "";
  if (target.charCodeAt(0) !== 47) {
    const absolute = ABSOLUTE.exec(target);
    if (absolute) {
      authority = absolute[1] ?? "";
      start = absolute[0].length;
    }
  }
  let end = target.length;
  const hash = target.indexOf("#", start);
  if (hash !== -1) end = hash;
  let mark = target.indexOf("?", start);
  if (mark === -1 || mark > end) mark = end;
  const path = start === 0 && mark === target.length ? target : target.slice(start, mark);
  return {
    authority,
    path: path === "" ? "/" : path,
    query: mark < end - 1 ? target.slice(mark, end) : "",
  };
}
