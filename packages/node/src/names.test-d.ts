import type * as official from "arcjet-node-official";
import { expectTypeOf } from "vitest";
import type * as ours from "./index.ts";

/**
 * What has no place here: edge rules, which nothing makes any more, a risk score of a service, and a
 * list of bots, which `listBots()` of `@arcjet/bots` gives.
 */
type LeftOut = "ArcjetEdgeRuleReason" | "ArcjetThreatIntelligence" | "botCategories";

expectTypeOf<Exclude<keyof typeof official, keyof typeof ours>>().toEqualTypeOf<LeftOut>();

// Types have no keys to compare, so those that programs name are named here.
export type Named = [
  ours.ArcjetConclusion,
  ours.ArcjetEmailType,
  ours.ArcjetLogger,
  ours.ArcjetMode,
  ours.ArcjetOptions,
  ours.ArcjetRule,
  ours.ArcjetRuleState,
  ours.ClientIpDetails,
];
expectTypeOf<official.ArcjetMode>().toEqualTypeOf<ours.ArcjetMode>();
expectTypeOf<official.ArcjetConclusion>().toEqualTypeOf<ours.ArcjetConclusion>();
expectTypeOf<official.ArcjetRuleState>().toEqualTypeOf<ours.ArcjetRuleState>();
expectTypeOf<official.ArcjetEmailType>().toExtend<ours.ArcjetEmailType>();
