// One value through the pipeline: decode, prefilter, structure, and the detectors that are left.
import { textsInBase64 } from "./base64.ts";
import { decode, originOf } from "./decode.ts";
import { detectors, requestDetectors } from "./detectors/all.ts";
import type { Hit, Value } from "./detectors/detector.ts";
import { isProse, standsForShort } from "./detectors/terse.ts";
import { evidenceOf } from "./evidence.ts";
import { isExcluded } from "./exclusion.ts";
import type { Finding } from "./finding.ts";
import { isSettled, keepFinding } from "./findings.ts";
import { hash32 } from "./hash.ts";
import { isGrammatical } from "./headers.ts";
import {
  ATTACK_SCORE,
  MAX_AFTER_ATTACK,
  MAX_DEPTH,
  MAX_GLIMPSE,
  MAX_VALUE_LENGTH,
} from "./limits.ts";
import type { Located } from "./located.ts";
import type { Exclusion } from "./options.ts";
import { visitPairs } from "./pairs.ts";
import { prefilterOf } from "./prefilter.ts";
import { isExpected, type Profile } from "./profiles.ts";
import type { ShieldRequest } from "./request.ts";
import { leavesOf, parseJson, queryOfUrl } from "./structure.ts";

/** The inspection of one request under way. */
export interface Scan {
  readonly request: ShieldRequest;
  readonly enabled: number;
  readonly logged: number;
  readonly exclusions: readonly Exclusion[];
  readonly profiles: ReadonlySet<Profile>;
  readonly findings: Finding[];
  depth: number;
  /** Code units that may still be read before values are only glimpsed at. */
  left: number;
  /** What was seen in the path as a whole: its segments would only repeat it. */
  inPath: number;
}

/** Called when an inspector is made, so that no request waits for it. */
export const prefilter = /* @__PURE__ */ prefilterOf(detectors);
const inGrammaticalHeaders = /* @__PURE__ */ maskOf((detector) => detector.inAnyHeader === true);
const readsNul = /* @__PURE__ */ maskOf((detector) => detector.readsNul === true);
const inPathSegments = /* @__PURE__ */ maskOf((detector) => detector.inSegments === true);

function maskOf(choose: (detector: (typeof detectors)[number]) => boolean): number {
  let mask = 0;
  detectors.forEach((detector, index) => {
    if (choose(detector)) mask |= 1 << index;
  });
  return mask;
}

/** Decoding drops NUL, and with it what some detectors look for. */
const encodedNul = /%(?:25){0,2}00/;

/** Inspects one located value; of one that is longer than may be read, the head and the tail. */
export function examine(scan: Scan, located: Located): void {
  const { raw } = located;
  const longest = Math.max(MAX_GLIMPSE, Math.min(MAX_VALUE_LENGTH, scan.left));
  scan.left -= Math.min(raw.length, longest);
  if (raw.length <= longest) return examineText(scan, located);
  const half = longest >> 1;
  examineText(scan, { ...located, raw: raw.slice(0, half), truncated: true });
  examineText(scan, { ...located, raw: raw.slice(raw.length - half), truncated: true });
}

function examineText(scan: Scan, located: Located): void {
  if (isSettled(scan.findings)) return;
  const text = decode(located.raw, located.plus);
  if (text !== located.raw) scan.left -= located.raw.length;
  if (!isOfHeader(located) && examineBase64(scan, located, text)) return;
  let mask = prefilter().scan(text) & scan.enabled;
  if (text !== located.raw && encodedNul.test(located.raw)) mask |= readsNul & scan.enabled;
  if (mask === 0) return;
  if (isOfHeader(located)) mask &= inGrammaticalHeaders;
  if (located.place === "path" && located.inner !== "") mask &= inPathSegments & ~scan.inPath;
  if (mask === 0 || examineJson(scan, located, text)) return;
  const fired = runDetectors(scan, located, valueOf(scan, located, text), mask);
  if (located.place === "path") scan.inPath |= fired;
  if ((mask & ~fired) !== 0) examineUrl(scan, located, text);
}

function valueOf({ profiles }: Scan, located: Located, text: string): Value {
  const { place, name, inner, isName, raw } = located;
  const lower = lowerCase(text);
  const isShort = standsForShort(located);
  const isTerse = isShort && !isProse(lower);
  return { place, name, inner, isName, text, lower, raw, isShort, isTerse, profiles };
}

function runDetectors(scan: Scan, located: Located, value: Value, mask: number): number {
  let fired = 0;
  const origin = { text: value.text };
  for (let left = mask; left !== 0; left &= left - 1) {
    const index = 31 - Math.clz32(left & -left);
    scan.left -= value.text.length;
    const hit = detectors[index]!.detect(value);
    if (!hit) continue;
    fired |= 1 << index;
    addFinding(scan, located, origin, index, hit);
    if (isSettled(scan.findings)) break;
  }
  return fired;
}

/** A decoded text, and the way back to the text as received once it is known. */
interface Origin {
  readonly text: string;
  toRaw?: (offset: number) => number;
  hash?: number;
}

function addFinding(scan: Scan, located: Located, origin: Origin, index: number, hit: Hit): void {
  const detector = detectors[index]!.name;
  const { place, name } = located;
  const finding = { detector, place, name };
  if (isExpected(scan.profiles, finding)) return;
  if (isExcluded(scan.exclusions, scan.request.path, finding)) return;
  const location = `${place}${name === "" ? "" : `.${name}`}${place === "path" ? "" : located.inner}`;
  const toRaw = (origin.toRaw ??= originOf(located.raw, located.plus));
  const hash = (origin.hash ??= hash32(located.raw));
  const repeated = place === "cookie" || place === "header";
  const logged = (scan.logged & (1 << index)) !== 0;
  if (hit.score >= ATTACK_SCORE && !logged) scan.left = Math.min(scan.left, MAX_AFTER_ATTACK);
  keepFinding(scan.findings, {
    ...finding,
    location,
    evidence: evidenceOf(origin.text, hit.start, hit.end, name + located.inner),
    score: hit.score,
    start: toRaw(hit.start),
    end: toRaw(hit.end),
    hash: hash32(detector, repeated ? "" : location, String(hash)),
    ...(located.truncated && { truncated: true as const }),
    ...(logged && { logged: true as const }),
  });
}

/** Whether a value is in the grammar of a header. */
function isOfHeader({ place, name }: Located): boolean {
  return place === "header" && isGrammatical(name);
}

/** Inspects what a value spells in base64 instead of its letters; false when it spells nothing. */
function examineBase64(scan: Scan, located: Located, text: string): boolean {
  if (located.place === "path" || scan.depth >= MAX_DEPTH) return false;
  const texts = textsInBase64(text);
  if (texts.length === 0) return false;
  scan.depth++;
  for (const raw of texts) examine(scan, { ...located, raw, plus: "plus" });
  scan.depth--;
  return true;
}

/** Inspects what a JSON value contains instead of its punctuation; false when it is none. */
function examineJson(scan: Scan, located: Located, text: string): boolean {
  if (scan.depth >= MAX_DEPTH) return false;
  const parsed = parseJson(located.raw, located.plus, text);
  if (parsed === undefined) return false;
  const leaves = leavesOf(parsed);
  scan.depth++;
  for (const leaf of leaves.list)
    examine(scan, {
      ...located,
      inner: located.inner + leaf.inner,
      raw: leaf.text,
      plus: "plus",
      isName: leaf.isKey,
      truncated: located.truncated || leaves.truncated,
    });
  scan.depth--;
  return true;
}

/** Inspects the query of a value that is a URL. */
function examineUrl(scan: Scan, located: Located, text: string): void {
  if (scan.depth >= MAX_DEPTH) return;
  const query = queryOfUrl(located, text);
  if (query === undefined) return;
  scan.depth++;
  const { place, name, inner } = located;
  visitPairs(
    { text: query, separator: "&", place, plus: "space", within: { name, inner } },
    (part) => examine(scan, part),
  );
  scan.depth--;
}

/** What is seen in the request as a whole, and in no single value. */
export function examineRequest(scan: Scan): void {
  for (const { index, detect } of requestDetectors) {
    if ((scan.enabled & (1 << index)) === 0) continue;
    const seen = detect(scan.request);
    if (!seen) continue;
    const located: Located = {
      place: seen.place,
      name: seen.name,
      inner: "",
      raw: seen.raw,
      plus: "plus",
      isName: false,
      truncated: false,
    };
    addFinding(scan, located, { text: seen.raw }, index, seen);
  }
}

/** ASCII lower case where the whole would change its length: offsets must stay the same. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : text.replace(/[A-Z]{1,64}/g, (letters) => letters.toLowerCase());
}
