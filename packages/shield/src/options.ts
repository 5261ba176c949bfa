import { detectorNames, type DetectorName } from "./detectors/names.ts";
import type { Place } from "./finding.ts";
import { profileNames, type Profile } from "./profiles.ts";

/** `off` does not run, `log` reports findings without scoring them, `on` scores. */
export type DetectorMode = "off" | "log" | "on";

/** What is left alone: all that is named must agree, and at least one thing must be named. */
export interface Exclusion {
  /** A path as received, or the beginning of one with `*` at its end: `/editor/*`. */
  readonly path?: string;
  readonly location?: Place;
  /** Name of the parameter, cookie, header or body field; `*` at the end matches a beginning. */
  readonly name?: string;
  readonly detector?: DetectorName;
}

/** What an inspector may be told. */
export interface InspectorOptions {
  /** Each detector's mode; `on` by default. */
  readonly detectors?: Readonly<Partial<Record<DetectorName, DetectorMode>>>;
  readonly exclude?: readonly Exclusion[];
  /** Kinds of traffic the application expects, whose own grammar is then left alone. */
  readonly profiles?: readonly Profile[];
}

/** A wrong option; the message names it, its value and the remedy. */
export class ShieldOptionError extends TypeError {
  readonly code = "ERR_SHIELD_OPTION";
}

const modes: readonly unknown[] = ["off", "log", "on"];
const places: readonly unknown[] = ["target", "path", "query", "cookie", "header", "body"];
const exclusionFields = ["path", "location", "name", "detector"];

/** Throws a `ShieldOptionError` at the first option that is wrong. */
export function checkOptions(options: InspectorOptions): void {
  const { detectors = {} } = options;
  if (typeof detectors !== "object" || detectors === null || Array.isArray(detectors))
    fail("detectors", detectors, 'use an object such as { xss: "log" }');
  for (const [name, mode] of Object.entries(detectors)) {
    checkDetector(name, "detectors");
    if (!modes.includes(mode)) fail(`detectors["${name}"]`, mode, 'use "off", "log" or "on"');
  }
  checkList("profiles", options.profiles);
  for (const profile of options.profiles ?? [])
    if (!profileNames.includes(profile))
      fail("profiles", profile, `use one of ${profileNames.join(", ")}`);
  checkList("exclude", options.exclude);
  options.exclude?.forEach((exclusion, index) => checkExclusion(exclusion, `exclude[${index}]`));
}

function checkExclusion(exclusion: Exclusion, where: string): void {
  if (typeof exclusion !== "object" || exclusion === null)
    fail(where, exclusion, "use an object such as { path, location, name, detector }");
  const entries = Object.entries(exclusion);
  if (entries.length === 0) fail(where, "{}", "name a path, location, name or detector");
  for (const [field, value] of entries) {
    if (!exclusionFields.includes(field))
      fail(`${where}.${field}`, value, `use ${exclusionFields.join(", ")}`);
    if (typeof value !== "string" || value === "")
      fail(`${where}.${field}`, value, "use a string that is not empty");
  }
  const { path, location, detector } = exclusion;
  if (path !== undefined && !path.startsWith("/")) fail(`${where}.path`, path, 'begin it with "/"');
  if (location !== undefined && !places.includes(location))
    fail(`${where}.location`, location, `use one of ${places.join(", ")}`);
  if (detector !== undefined) checkDetector(detector, `${where}.detector`);
}

function checkDetector(name: string, where: string): void {
  const known: readonly string[] = detectorNames;
  if (!known.includes(name)) fail(where, name, `use one of ${detectorNames.join(", ")}`);
}

function checkList(name: string, value: unknown): void {
  if (value !== undefined && !Array.isArray(value)) fail(name, value, "use an array");
}

function fail(option: string, value: unknown, remedy: string): never {
  throw new ShieldOptionError(`shield: ${option} is ${show(value)}: ${remedy}`);
}

function show(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}
