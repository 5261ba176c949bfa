import { decode, decodeOffsets } from "./decode.ts";
import { detectors } from "./detectors/all.ts";
import type { Value } from "./detectors/detector.ts";
import { evidenceOf } from "./evidence.ts";
import { isExcluded } from "./exclusion.ts";
import type { Finding, Inspection } from "./finding.ts";
import { hash32 } from "./hash.ts";
import { MAX_FINDINGS } from "./limits.ts";
import { visitPairs, type Located } from "./located.ts";
import { checkOptions, type InspectorOptions } from "./options.ts";
import { buildPrefilter } from "./prefilter.ts";
import type { ShieldRequest } from "./request.ts";

/** Inspects requests with the options it was made with. */
export type Inspector = (request: ShieldRequest, body?: unknown) => Inspection;

const prefilter = /* @__PURE__ */ buildPrefilter(detectors);
const nothing: Inspection = { score: 0, findings: [] };

/**
 * Makes an inspector; wrong options throw a `ShieldOptionError`.
 *
 * @example
 * const inspectRequest = createInspector({ detectors: { scanner: "log" } });
 */
export function createInspector(options: InspectorOptions = {}): Inspector {
  checkOptions(options);
  const exclusions = options.exclude ?? [];
  let enabled = 0;
  let logged = 0;
  detectors.forEach((detector, index) => {
    const mode = options.detectors?.[detector.name] ?? "on";
    if (mode !== "off") enabled |= 1 << index;
    if (mode === "log") logged |= 1 << index;
  });
  return (request) => {
    const findings: Finding[] = [];
    const visit = (located: Located, truncated: boolean) => {
      const text = decode(located.raw, located.plus);
      let mask = prefilter.scan(text) & enabled;
      if (mask === 0) return;
      const lower = lowerCase(text);
      const value: Value = { ...located, text, lower };
      while (mask !== 0 && findings.length < MAX_FINDINGS) {
        const index = 31 - Math.clz32(mask);
        mask &= ~(1 << index);
        const detector = detectors[index]!;
        const hit = detector.detect(value);
        if (!hit) continue;
        const offsets = decodeOffsets(located.raw, located.plus);
        const location = located.name === "" ? located.place : `${located.place}.${located.name}`;
        const finding: Finding = {
          detector: detector.name,
          location,
          place: located.place,
          name: located.name,
          evidence: evidenceOf(text, hit.start, hit.end),
          score: hit.score,
          start: offsets[hit.start] ?? 0,
          end: offsets[hit.end] ?? located.raw.length,
          hash: hash32(detector.name, location, located.raw),
          ...(truncated && { truncated: true as const }),
          ...((logged & (1 << index)) !== 0 && { logged: true as const }),
        };
        if (!isExcluded(exclusions, request.path, finding)) findings.push(finding);
      }
    };
    visit({ place: "path", name: "", raw: request.path, plus: "plus", isName: false }, false);
    visitPairs(request.query.slice(1), "&", "query", "space", visit);
    visitPairs(request.cookies, ";", "cookie", "plus", visit);
    if (findings.length === 0) return nothing;
    return { score: scoreOf(findings), findings };
  };
}

/** Inspects one request; to inspect many with the same options, make an inspector once. */
export function inspect(request: ShieldRequest, options: InspectorOptions = {}): Inspection {
  return createInspector(options)(request);
}

function scoreOf(findings: readonly Finding[]): number {
  const best = new Map<string, number>();
  for (const { detector, score, logged } of findings)
    if (!logged) best.set(detector, Math.max(best.get(detector) ?? 0, score));
  let sum = 0;
  for (const score of best.values()) sum += score;
  return sum;
}

/** ASCII lower case: unlike `toLowerCase`, offsets stay the same. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
