// Puts the public API into the shape the conformance scripts want.
import { ATTACK_SCORE, createInspector, SUSPICIOUS_SCORE } from "./dist/index.js";

export const name = "@arcjet/shield";
const inspector = createInspector();

/** `attack` is a score of 5 or more, `suspicious` one of 2 to 4. */
export function inspect({ method, url, headers, body, version }) {
  const { score, findings } = inspector(requestOf(method, url, headers, version), body);
  return {
    attack: score >= ATTACK_SCORE,
    suspicious: score >= SUSPICIOUS_SCORE && score < ATTACK_SCORE,
    categories: [...new Set(findings.map((finding) => finding.detector))],
    why: findings,
  };
}

function requestOf(method, target, headers, version) {
  const fields = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const all = new Map(fields);
  const mark = target.indexOf("?");
  return {
    method,
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark),
    headers: {
      get: (name) => all.get(name),
      values: (name) => (all.has(name) ? [all.get(name)] : []),
      entries: () => fields,
    },
    cookies: all.get("cookie") ?? "",
    httpVersion: version?.replace("HTTP/", ""),
  };
}
