import { describe, expect, test } from "vitest";
import { requestOf } from "../test/request.ts";
import { suggestExclusion } from "./exclusion.ts";
import { createInspector } from "./inspect.ts";
import type { Exclusion } from "./options.ts";

const attack = "/editor/save?html=%3Cscript%3Ef()%3C/script%3E&id=1";
const scoreWith = (exclusion: Exclusion, target = attack) =>
  createInspector({ exclude: [exclusion] })(requestOf(target)).score;

describe("exclusions", () => {
  const covering: readonly Exclusion[] = [
    { path: "/editor/save" },
    { path: "/editor/*" },
    { location: "query", name: "html" },
    { name: "ht*" },
    { detector: "xss" },
    { path: "/editor/save", location: "query", name: "html", detector: "xss" },
  ];
  test.each(covering)("%j covers the finding", (exclusion) => {
    expect(scoreWith(exclusion)).toBe(0);
  });

  const others: readonly Exclusion[] = [
    { path: "/editor" },
    { path: "/editor/savex" },
    { location: "body", name: "html" },
    { name: "id" },
    { detector: "sql-injection" },
    { path: "/editor/save", detector: "shell" },
  ];
  test.each(others)("%j does not", (exclusion) => {
    expect(scoreWith(exclusion)).toBe(5);
  });

  test.each([
    "/editor/../admin",
    "/editor/%2e%2e/admin",
    "/editor//admin",
    "/editor/.%2E/admin",
    "/editor/..\\admin",
    "/editor/%252e%252e/admin",
  ])("a beginning does not reach out of its directory by %s", (path) => {
    expect(
      scoreWith({ path: "/editor/*" }, `${path}?q=%3Cscript%3Ef()%3C/script%3E`),
    ).toBeGreaterThanOrEqual(5);
  });
});

describe("the suggested exclusion", () => {
  const suggestFor = (target: string) => {
    const request = requestOf(target);
    return suggestExclusion(request.path, createInspector()(request).findings);
  };

  test("is as narrow as the finding", () => {
    expect(suggestFor(attack)).toEqual({
      path: "/editor/save",
      location: "query",
      name: "html",
      detector: "xss",
    });
  });

  test("widens to what all findings share, and lets the request through", () => {
    const target = "/a?x=%3Cscript%3Ef()%3C/script%3E&y=7'%20or%207=7--%20x";
    const exclusion = suggestFor(target);
    expect(exclusion).toEqual({ path: "/a", location: "query" });
    expect(scoreWith(exclusion!, target)).toBe(0);
  });

  test("is nothing for a clean request", () => {
    expect(suggestFor("/a?x=1")).toBeUndefined();
  });
});
