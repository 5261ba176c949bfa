import type { Detector } from "./detector.ts";
import { pathTraversal } from "./path-traversal.ts";
import { sqlInjection } from "./sql-injection.ts";
import { xss } from "./xss.ts";

/** Every detector. */
export const detectors: readonly Detector[] = [sqlInjection, xss, pathTraversal];
