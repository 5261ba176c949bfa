import { expect, test } from "vitest";

test("the public API is this list", async () => {
  expect(Object.keys(await import("./index.ts")).sort()).toEqual([
    "MAX_ADDRESS_OCTETS",
    "builtInDomains",
    "createDohResolve",
    "createEmailClassifier",
    "createMailRoutes",
    "createNodeResolve",
    "isEmailType",
    "parseMailbox",
  ]);
});
