/** An explanation for people at a terminal. */
import { categoriesOfBot } from "@arcjet/bots";
import type { Explanation } from "@arcjet/filter";
import type { ReasonData } from "@arcjet/protocol";
import type { Paint } from "../paint.ts";
import { safeJson, safeText } from "../safe-text.ts";
import type { RequestExplanation, RuleExplanation } from "./explain.ts";

/** Parts within parts are shown to this depth; the language itself nests no deeper than twice that. */
const MAX_DEPTH = 32;

const truth = ({ value, open }: Explanation): string =>
  value === undefined ? `open (${open === "ip-data" ? "no IP data" : "absent"})` : String(value);

function operandLines(part: Explanation, indent: string): readonly string[] {
  return Object.entries(part.operands).map(([name, value]) => {
    const shown = value === undefined ? "absent" : safeJson(value);
    return `${indent}    ${safeText(name)} is ${safeText(shown, 400)}`;
  });
}

function expressionLines(part: Explanation, depth: number): readonly string[] {
  const indent = "  ".repeat(depth + 2);
  const lines = [
    `${indent}${truth(part).padEnd(6)} ${safeText(part.expression, 400)}`,
    ...operandLines(part, indent),
  ];
  if (part.note !== undefined) lines.push(`${indent}    ${safeText(part.note)}`);
  if (depth >= MAX_DEPTH) return lines;
  return [...lines, ...part.parts.flatMap((inner) => expressionLines(inner, depth + 1))];
}

function botLines(ids: readonly string[], verb: string): readonly string[] {
  return ids.map(
    (id) => `    ${verb} ${safeText(id)} (${categoriesOfBot(id).join(", ") || "no category"})`,
  );
}

function reasonLines(reason: ReasonData): readonly string[] {
  switch (reason.type) {
    case "SHIELD":
      return [
        `    score ${reason.score}`,
        ...reason.findings.map(
          ({ detector, location, evidence, score }) =>
            `    ${safeText(detector)} in ${safeText(location)}, score ${score}: ${safeText(evidence, 400)}`,
        ),
      ];
    case "BOT":
      return [
        ...botLines(reason.denied, "denied"),
        ...botLines(reason.allowed, "allowed"),
        ...reason.signals.map((signal) => `    signal ${safeText(signal)}`),
        ...(reason.verified ? ["    its address is verified"] : []),
        ...(reason.spoofed ? ["    it is not who it says it is"] : []),
      ];
    case "RATE_LIMIT":
      return [`    ${reason.remaining} of ${reason.max} would be left for ${reason.reset} s`];
    case "ERROR":
      return [`    ${safeText(reason.message)}`];
    case "NONE":
    case "FILTER":
      return [];
    default:
      return [`    ${safeText(safeJson(reason), 1_000)}`];
  }
}

function ruleLines(rule: RuleExplanation, paint: Paint): readonly string[] {
  const { index, type, mode, conclusion, reason, expressions, exempt } = rule;
  const shown = conclusion === "ALLOW" ? paint.green(conclusion) : paint.red(conclusion);
  return [
    `${paint.bold(`rule ${index}  ${type}`)} ${mode}: ${shown}`,
    ...reasonLines(reason),
    ...expressions.flatMap((part) => expressionLines(part, 0)),
    ...(exempt === undefined ? [] : [`    to let it pass: ${safeText(exempt)}`]),
  ];
}

const COLORS: Readonly<Record<string, "green" | "yellow" | "red">> = {
  ALLOW: "green",
  ERROR: "yellow",
  DENY: "red",
};

/** What the conclusion comes from. */
function because(conclusion: string, reason: ReasonData): string {
  if (conclusion === "ALLOW" || reason.type === "NONE") return "";
  if (reason.type !== "ERROR") return ` by ${reason.type}`;
  return conclusion === "ERROR"
    ? ": a rule failed and none denies, so the request is let in"
    : ": a rule failed, and `onError` is deny";
}

/** An explanation as lines of text. */
export function explanationText(
  { conclusion, reason, client, facts, path, rules }: RequestExplanation,
  paint: Paint,
): readonly string[] {
  const paintConclusion = COLORS[conclusion] ?? "red";
  const address = client.ip === "" ? "nobody's address is known" : client.ip;
  const vouched = client.verified ? "vouched for" : "not vouched for";
  return [
    `${paint.bold(paint[paintConclusion](conclusion))}${because(conclusion, reason)}`,
    `client: ${safeText(address)} (${client.provenance}, ${vouched}), counted as ${safeText(client.countedAs)}`,
    `path: ${safeText(path.received)}${path.received === path.canonical ? "" : `, canonical ${safeText(path.canonical)}`}`,
    ...(Object.keys(facts).length === 0 ? [] : [`known of the address: ${safeJson(facts)}`]),
    "",
    ...rules.flatMap((rule) => ruleLines(rule, paint)),
  ];
}
