import { expectTypeOf } from "vitest";
import type { Rule } from "../rule.ts";
import { shield } from "./shield.ts";

expectTypeOf(shield({ mode: "LIVE" })).toEqualTypeOf<Rule<unknown>>();
expectTypeOf(shield({ mode: "LIVE", body: true })).toEqualTypeOf<
  Rule<{ readonly body?: unknown }>
>();
// @ts-expect-error a detector that does not exist does not compile
shield({ detectors: { sqli: "off" } });
