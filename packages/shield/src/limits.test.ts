import { describe, expect, test } from "vitest";
import { requestOf } from "../test/request.ts";
import { createInspector } from "./inspect.ts";
import {
  MAX_AFTER_ATTACK,
  MAX_BODY_LENGTH,
  MAX_DEPTH,
  MAX_FIELDS,
  MAX_FINDINGS,
  MAX_FRAMING_LENGTH,
  MAX_GLIMPSE,
  MAX_READ,
  MAX_READ_BODY,
  MAX_TEXT_LENGTH,
  MAX_VALUE_LENGTH,
  MAX_VALUES,
} from "./limits.ts";

const inspectRequest = createInspector();
const ATTACK = "7' or 7=7-- x";
const encoded = encodeURIComponent(ATTACK);

describe("limits", () => {
  const queryOf = (count: number, at: number) =>
    Array.from({ length: count }, (_, index) => `p${index}=${index === at ? encoded : "1"}`).join(
      "&",
    );

  test.each([
    [MAX_VALUES, MAX_VALUES / 2, [false]],
    [MAX_VALUES + 1, MAX_VALUES / 2 - 1, [true]],
    [MAX_VALUES + 1, MAX_VALUES / 2, []],
    [MAX_VALUES + 1, MAX_VALUES / 2 + 1, [true]],
  ])("of %i values the one at %i is found, and truncated: %j", (count, at, expected) => {
    const { findings } = inspectRequest(requestOf(`/a?${queryOf(count, at)}`));
    expect(findings.map((finding) => finding.truncated ?? false)).toEqual(expected);
  });

  test.each([
    [MAX_VALUE_LENGTH, false],
    [MAX_VALUE_LENGTH + 1, true],
  ])("a value of %i units is truncated: %s", (length, truncated) => {
    const tail = "<script>f(1)</script>";
    const { findings } = inspectRequest(requestOf("/a"), {
      v: "a".repeat(length - tail.length) + tail,
    });
    expect(findings[0]?.detector).toBe("xss");
    expect(findings[0]?.truncated ?? false).toBe(truncated);
  });

  test.each([
    [MAX_BODY_LENGTH, false],
    [MAX_BODY_LENGTH + 1, true],
  ])("a body of %i units is truncated: %s", (length, truncated) => {
    const tail = "&z=%3Cscript%3Ef(1)%3C/script%3E";
    const body = `${"a=1&".repeat(4)}`.padEnd(length - tail.length, "b") + tail;
    const request = requestOf(
      "/a",
      { "content-type": "application/x-www-form-urlencoded" },
      "POST",
    );
    const finding = inspectRequest(request, body).findings.find((one) => one.name === "z");
    expect(finding?.detector).toBe("xss");
    expect(finding?.truncated ?? false).toBe(truncated);
  });

  test.each([
    [MAX_DEPTH, 5],
    [MAX_DEPTH + 1, 0],
  ])("a value %i levels deep scores %i", (depth, score) => {
    let body: unknown = ATTACK;
    for (let level = 0; level < depth; level++) body = [body];
    expect(inspectRequest(requestOf("/a"), body).score).toBe(score);
  });

  test("a flood of suspicious values does not hide the attack after them", () => {
    const query = Array.from({ length: 60 }, (_, index) => `u${index}=http://localhost/`).join("&");
    const { score } = inspectRequest(requestOf(`/a?${query}&id=${encoded}`));
    expect(score).toBeGreaterThanOrEqual(5);
  });

  test("findings are no more than can be read", () => {
    const query = Array.from({ length: 40 }, (_, index) => `p${index}=${encoded}`).join("&");
    const { findings, score } = inspectRequest(requestOf(`/a?${query}`));
    expect(findings).toHaveLength(MAX_FINDINGS);
    expect(score).toBe(5);
  });

  const cookieOf = (length: number, at: number) =>
    `a=${"b".repeat(at)};s=<script>f()</script>;`.padEnd(length, "c");

  test.each([
    [MAX_TEXT_LENGTH, MAX_TEXT_LENGTH / 2, [false]],
    [MAX_TEXT_LENGTH + 1, 8, [true]],
    [3 * MAX_TEXT_LENGTH, MAX_TEXT_LENGTH, []],
    [3 * MAX_TEXT_LENGTH, 3 * MAX_TEXT_LENGTH - 100, [true]],
  ])("in a Cookie header of %i units an attack at %i is truncated: %j", (length, at, expected) => {
    const { findings } = inspectRequest(requestOf("/a", { cookie: cookieOf(length, at) }));
    expect(findings.map((finding) => finding.truncated ?? false)).toEqual(expected);
  });

  const pathOf = (length: number, at: number) =>
    `/${"b".repeat(at)}/7'%20or%207=7--%20x/`.padEnd(length, "c");

  test.each([
    [MAX_TEXT_LENGTH, MAX_TEXT_LENGTH / 2, 5],
    [3 * MAX_TEXT_LENGTH, MAX_TEXT_LENGTH, 0],
    [3 * MAX_TEXT_LENGTH, 3 * MAX_TEXT_LENGTH - 100, 5],
  ])("in a path of %i units an attack at %i scores %i", (length, at, score) => {
    expect(inspectRequest(requestOf(pathOf(length, at))).score).toBe(score);
  });

  const filler = (total: number) => {
    const pairs = Math.floor(total / MAX_VALUE_LENGTH);
    return Array.from({ length: pairs }, (_, index) => [
      `x-${index}`,
      "b".repeat(MAX_VALUE_LENGTH),
    ]);
  };
  const deep = `${"c".repeat(MAX_GLIMPSE)}<script>f()</script>${"c".repeat(MAX_GLIMPSE)}`;
  const short = "<svg onload=f()>".padEnd(MAX_GLIMPSE);

  test.each([
    ["less than its share", MAX_READ - MAX_VALUE_LENGTH, deep, 5],
    ["its share", MAX_READ, deep, 0],
    ["its share, and the value is short", MAX_READ, short, 5],
    ["its share, and the value is one longer than short", MAX_READ, `${short} `, 5],
  ])("when the head of a request has had %s, an attack scores %#", (_, total, value, score) => {
    const headers = Object.fromEntries([...filler(total), ["x-z", value]]);
    expect(inspectRequest(requestOf("/", headers)).score).toBe(score);
  });

  test.each([
    [MAX_READ_BODY - MAX_VALUE_LENGTH, 5],
    [MAX_READ_BODY, 0],
  ])("when %i units of a body were inspected, an attack scores %i", (total, score) => {
    const body = Object.fromEntries([...filler(total), ["z", deep]]);
    expect(inspectRequest(requestOf("/"), body).score).toBe(score);
  });

  test("what more detectors read counts for more", () => {
    const bodyOf = (text: string) => ({
      ...Object.fromEntries(
        Array.from({ length: 8 }, (_, index) => [`x-${index}`, text.repeat(MAX_VALUE_LENGTH)]),
      ),
      z: deep,
    });
    expect(inspectRequest(requestOf("/"), bodyOf("b")).score).toBe(5);
    expect(inspectRequest(requestOf("/"), bodyOf("(#{[;<")).score).toBe(0);
  });

  // With less left than a value has, its head and tail are read: here what is around the attack.
  test.each([
    [MAX_AFTER_ATTACK - deep.length, ["sql-injection", "xss"]],
    [MAX_AFTER_ATTACK - 2 * MAX_GLIMPSE, ["sql-injection"]],
    [MAX_AFTER_ATTACK, ["sql-injection"]],
  ])("%i units after an attack is known, findings are %j", (share, expected) => {
    // keys count too: "b" and "c" are inspected before what they name
    const body = { a: "7' or 7=7-- x", b: "b".repeat(share - 2), c: deep };
    const { findings } = inspectRequest(requestOf("/"), body);
    expect(findings.map((finding) => finding.detector)).toEqual(expected);
  });

  test.each([
    [MAX_FIELDS, 5],
    [MAX_FIELDS + 1, 0],
  ])("of %i header fields the last is looked at: %i", (count, score) => {
    const names = Array.from({ length: count - 1 }, () => ["dnt", "1"] as const);
    const fields = [...names, ["x-z", "<svg onload=f()>"] as const];
    const request = requestOf("/");
    const headers = { ...request.headers, entries: () => fields };
    expect(inspectRequest({ ...request, headers }).score).toBe(score);
  });

  test.each([
    [MAX_FRAMING_LENGTH, 0],
    [MAX_FRAMING_LENGTH + 1, 5],
  ])("a Transfer-Encoding of %i units scores %i", (length, score) => {
    const headers = { "transfer-encoding": "chunked".padEnd(length) };
    expect(inspectRequest(requestOf("/a", headers)).score).toBe(score);
  });
});
