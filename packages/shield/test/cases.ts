import { expect, test } from "vitest";
import type { DetectorName } from "../src/detectors/names.ts";
import { createInspector } from "../src/inspect.ts";
import { ATTACK_SCORE, SUSPICIOUS_SCORE } from "../src/limits.ts";
import { requestOf } from "./request.ts";

/** Where a case's text is put: by default a query value that may be prose, `short` one that may not. */
export type Put =
  | "value"
  | "short"
  | "name"
  | "path"
  | "cookie"
  | { readonly header: string }
  | { readonly field: string };

/** A text, or a text and where it stands. */
export type Case = string | readonly [text: string, put: Put];

const inspectRequest = createInspector();

/** The score one detector gives to a text in its place. */
export function scoreIn(detector: DetectorName, text: string, put: Put = "value"): number {
  const { findings } = inspectRequest(place(text, put), bodyOf(text, put));
  return Math.max(
    0,
    ...findings.filter((one) => one.detector === detector).map((one) => one.score),
  );
}

function place(text: string, put: Put): ReturnType<typeof requestOf> {
  if (put === "value") return requestOf(`/item?q=${encodeURIComponent(text)}`);
  if (put === "short") return requestOf(`/item?id=${encodeURIComponent(text)}`);
  if (put === "name") return requestOf(`/item?${encodeURIComponent(text)}=1`);
  if (put === "path") return requestOf(text);
  if (put === "cookie") return requestOf("/item", { cookie: `a=${encodeURIComponent(text)}` });
  if ("header" in put) return requestOf("/item", { [put.header]: text });
  return requestOf("/item", { "content-type": "application/json" }, "POST");
}

function bodyOf(text: string, put: Put): unknown {
  return typeof put === "object" && "field" in put ? { [put.field]: text } : undefined;
}

/** Tests a detector on its own table: what scores as an attack, what is suspicious, what is neither. */
export function testDetector(
  detector: DetectorName,
  cases: { attacks: readonly Case[]; suspicious?: readonly Case[]; clean: readonly Case[] },
): void {
  const rows = [
    ...rowsOf(cases.attacks, "attack"),
    ...rowsOf(cases.suspicious ?? [], "suspicious"),
    ...rowsOf(cases.clean, "clean"),
  ];
  test.each(rows)(`${detector} reads %j in %j as %s`, (text, put, expected) => {
    expect(classOf(scoreIn(detector, text, put))).toBe(expected);
  });
}

type Class = "attack" | "suspicious" | "clean";

function rowsOf(list: readonly Case[], expected: Class): (readonly [string, Put, Class])[] {
  return list.map((one) =>
    typeof one === "string" ? [one, "value", expected] : [...one, expected],
  );
}

function classOf(score: number): Class {
  if (score >= ATTACK_SCORE) return "attack";
  return score >= SUSPICIOUS_SCORE ? "suspicious" : "clean";
}
