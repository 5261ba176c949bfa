// What charts show, from the sums of the log.
import type { RuleEffect, RuleVolume, Volume } from "../log/index.ts";
import { ruleText } from "./explain.ts";
import { ruleName } from "./format.ts";
import type { Series } from "./chart.tsx";
import type { View } from "./params.ts";

/** Rules that have a line of their own; a chart with more is not read. */
export const MAX_LINES = 8;

/** Each kind of rule has its colour wherever it is shown. */
const COLORS: Readonly<Record<string, string>> = {
  BOT: "c1",
  RATE_LIMIT: "c2",
  SHIELD: "c3",
  FILTER: "c4",
  EMAIL: "c5",
  SENSITIVE_INFO: "c6",
  PROMPT_INJECTION_DETECTION: "c7",
  CUSTOM: "c8",
};

/** The beginnings of a chart's columns. */
export function columnsOf({ from, to, width }: View): readonly number[] {
  const first = from - (from % width);
  return Array.from({ length: Math.ceil((to - first) / width) }, (_, at) => first + at * width);
}

export const sum = (volumes: readonly Volume[], is: (volume: Volume) => boolean): number =>
  volumes.reduce((total, volume) => (is(volume) ? total + volume.n : total), 0);

export const isDenied = ({ conclusion }: Volume): boolean => conclusion === "DENY";
export const wouldBeDenied = ({ dry }: Volume): boolean => dry !== "";
export const isErrored = ({ conclusion }: Volume): boolean => conclusion === "ERROR";

/** One value for each column, from those that are known. */
function valuesAt(at: readonly number[], known: Iterable<readonly [number, number]>): number[] {
  const byColumn = new Map<number, number>();
  for (const [time, n] of known) byColumn.set(time, (byColumn.get(time) ?? 0) + n);
  return at.map((time) => byColumn.get(time) ?? 0);
}

const valuesOf = (
  volumes: readonly Volume[],
  at: readonly number[],
  is: (volume: Volume) => boolean,
): number[] =>
  valuesAt(
    at,
    volumes.filter(is).map((volume) => [volume.at, volume.n] as const),
  );

/** All requests, and those that were or would be denied. */
export const requestSeries = (
  volumes: readonly Volume[],
  at: readonly number[],
): readonly Series[] => [
  { label: "Requests", color: "all", values: valuesOf(volumes, at, () => true) },
  { label: "Denied", color: "bad", values: valuesOf(volumes, at, isDenied) },
  { label: "Would be denied", color: "dry", values: valuesOf(volumes, at, wouldBeDenied) },
];

/** Denials by the kind of rule that gave the reason. */
export function reasonSeries(volumes: readonly Volume[], at: readonly number[]): readonly Series[] {
  const types = [...new Set(volumes.filter(isDenied).map(({ rule }) => rule))].sort();
  return types.slice(0, MAX_LINES).map((type) => ({
    label: type === "" ? "None named" : ruleName(type),
    color: COLORS[type] ?? "all",
    values: valuesOf(volumes, at, (volume) => isDenied(volume) && volume.rule === type),
  }));
}

/** A rule in a few words. */
export function ruleLabel({ type, spec }: RuleEffect): string {
  const text = ruleText(spec);
  return text === "" ? ruleName(type) : `${ruleName(type)}: ${text}`;
}

/** Keys of the rules that denied most, each once though several sites have it. */
export const deniers = (rules: readonly RuleEffect[]): readonly string[] =>
  [...new Set(rules.filter(({ denied }) => denied > 0).map(({ key }) => key))].slice(0, MAX_LINES);

/** Denials by each rule. */
export function ruleSeries(
  rules: readonly RuleEffect[],
  volumes: readonly RuleVolume[],
  at: readonly number[],
): readonly Series[] {
  return deniers(rules).map((key, index) => {
    const rule = rules.find((one) => one.key === key);
    const own = volumes.filter((volume) => volume.key === key);
    return {
      label: rule === undefined ? key : ruleLabel(rule),
      color: `c${index + 1}`,
      values: valuesAt(
        at,
        own.map((volume) => [volume.at, volume.denied] as const),
      ),
    };
  });
}
