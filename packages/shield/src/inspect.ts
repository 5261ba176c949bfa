import { visitBody } from "./body.ts";
import { detectors } from "./detectors/all.ts";
import type { Finding, Inspection } from "./finding.ts";
import { visitHeaders } from "./headers.ts";
import { ATTACK_SCORE, MAX_AFTER_ATTACK, MAX_READ, MAX_READ_BODY } from "./limits.ts";
import type { Located } from "./located.ts";
import { checkOptions, type InspectorOptions } from "./options.ts";
import { visitPairs } from "./pairs.ts";
import { visitPath } from "./path.ts";
import type { ShieldRequest } from "./request.ts";
import { examine, examineRequest, type Scan, prefilter } from "./scan.ts";
import { scoreOf } from "./score.ts";

/** Inspects requests with the options it was made with; a body given here goes before the request's own. */
export type Inspector = (request: ShieldRequest, body?: unknown) => Inspection;

/**
 * Makes an inspector; wrong options throw a `ShieldOptionError`.
 *
 * @example
 * const inspectRequest = createInspector({ detectors: { scanner: "log" } });
 */
export function createInspector(options: InspectorOptions = {}): Inspector {
  checkOptions(options);
  const { enabled, logged, exclusions, profiles } = settingsOf(options);
  prefilter();
  return (request, body = request.body) => {
    const findings: Finding[] = [];
    const left = MAX_READ;
    const scan: Scan = {
      left,
      request,
      enabled,
      logged,
      exclusions,
      profiles,
      findings,
      depth: 0,
      inPath: 0,
    };
    const visit = (located: Located) => examine(scan, located);
    visitPath(request.path, visit);
    visitPairs(
      { text: request.query.slice(1), separator: "&", place: "query", plus: "space" },
      visit,
    );
    visitPairs({ text: request.cookies, separator: ";", place: "cookie", plus: "plus" }, visit);
    visitHeaders(request.headers, visit);
    examineRequest(scan);
    scan.left = scoreOf(findings) < ATTACK_SCORE ? MAX_READ_BODY : MAX_AFTER_ATTACK;
    if (body !== undefined) visitBody(body, request.headers.get("content-type") ?? "", visit);
    return { score: scoreOf(scan.findings), findings: scan.findings };
  };
}

/** Inspects one request; to inspect many with the same options, make an inspector once. */
export function inspect(request: ShieldRequest, options: InspectorOptions = {}): Inspection {
  return createInspector(options)(request);
}

type Settings = Pick<Scan, "enabled" | "logged" | "exclusions" | "profiles">;

function settingsOf(options: InspectorOptions): Settings {
  let enabled = 0;
  let logged = 0;
  detectors.forEach((detector, index) => {
    const mode = options.detectors?.[detector.name] ?? "on";
    if (mode !== "off") enabled |= 1 << index;
    if (mode === "log") logged |= 1 << index;
  });
  const profiles = new Set(options.profiles);
  return { enabled, logged, exclusions: options.exclude ?? [], profiles };
}
