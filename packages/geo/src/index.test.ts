import { expect, it } from "vitest";
import * as root from "./index.ts";
import * as node from "./node.ts";
import * as timezone from "./timezone.ts";

it("exports exactly these names", () => {
  expect(Object.keys(root).toSorted()).toEqual([
    "GeoError",
    "STALE_DAYS",
    "cidrList",
    "classify",
    "compilePack",
    "createGeo",
    "custom",
    "mmdb",
    "openPack",
  ]);
  expect(Object.keys(node).toSorted()).toEqual([
    "MAX_DOWNLOAD",
    "buildPack",
    "defaultSources",
    "packInfo",
    "packSource",
    "updatePack",
  ]);
  expect(Object.keys(timezone)).toEqual(["timezoneOf"]);
});
