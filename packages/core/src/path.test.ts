import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalPath, splitTarget } from "./path.ts";

describe("canonicalPath", () => {
  it.each([
    ["/", "/"],
    ["", "/"],
    ["*", "/*"],
    ["/a/b.c", "/a/b.c"],
    ["/a/b/", "/a/b"],
    ["//a///b", "/a/b"],
    ["/a/./b/../c", "/a/c"],
    ["/../../a", "/a"],
    ["/%61%2fb", "/a/b"],
    ["/%2561", "/%61"],
    ["/%2e%2e/a", "/a"],
    ["/a%5cb", "/a/b"],
    ["/a\\b", "/a/b"],
    ["/caf%C3%A9", "/café"],
    ["/%61%ff", "/a%ff"],
    ["/%zz", "/%zz"],
    ["/a..b/c...", "/a..b/c..."],
  ])("writes %j as %j", (path, canonical) => {
    expect(canonicalPath(path, false)).toBe(canonical);
  });

  it("folds case only where the router does", () => {
    expect([canonicalPath("/Admin", true), canonicalPath("/Admin", false)]).toEqual([
      "/admin",
      "/Admin",
    ]);
  });

  it("never throws, and gives a path without dot segments, empty segments or backslashes", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2e",
      "%2f",
      "%5c",
      "%",
      "%ff",
      "a",
      "\u0000",
      "\ud800",
      "é",
    );
    fc.assert(
      fc.property(fc.array(piece), fc.boolean(), (pieces, fold) => {
        const canonical = canonicalPath(`/${pieces.join("")}`, fold);
        expect(canonical.startsWith("/")).toBe(true);
        if (canonical === "/") return;
        for (const segment of canonical.slice(1).split("/"))
          expect(["", ".", ".."]).not.toContain(segment);
        expect(canonical).not.toContain("\\");
      }),
    );
  });
});

describe("splitTarget", () => {
  it.each([
    ["/a?b=1", "", "/a", "?b=1"],
    ["//a/x", "", "//a/x", ""],
    ["/a?", "", "/a", ""],
    ["/a#b?c", "", "/a", ""],
    ["/a?b#c", "", "/a", "?b"],
    ["http://h:1/a?b", "h:1", "/a", "?b"],
    ["http://h", "h", "/", ""],
    ["http://h?x", "h", "/", "?x"],
    ["*", "", "*", ""],
    ["", "", "/", ""],
  ])("takes %j apart", (target, authority, path, query) => {
    expect(splitTarget(target)).toEqual({ authority, path, query });
  });

  it("loses nothing of an origin-form target without a fragment", () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => `/${text.replaceAll("#", "")}`),
        (target) => {
          const { path, query } = splitTarget(target);
          expect(path + query).toBe(
            target.endsWith("?") && !target.slice(0, -1).includes("?")
              ? target.slice(0, -1)
              : target,
          );
        },
      ),
    );
  });
});
