export { crawlerRanges, crawlerRangesDate, type CrawlerRanges } from "./crawler-ranges.ts";
export { detectBots, MAX_USER_AGENT, type BotMatch } from "./detect.ts";
export { categoriesOfBot, expandBotList, isSameBot, listBots, type BotName } from "./expand.ts";
export type { BotCategory, WellKnownBot } from "./gen/names.ts";
export { nodeResolver } from "./node-resolver.ts";
export type { Resolver } from "./reverse-dns.ts";
export { requestSignals, type BotSignal, type SignalSource } from "./signals.ts";
export type { SignatureVerdict, SignatureVerifier, SignedRequest } from "./signature.ts";
export {
  botsUpdate,
  parseRangeList,
  rangeSources,
  type BotsUpdate,
  type BotsUpdateOptions,
  type RangeSource,
} from "./update.ts";
export {
  botVerifier,
  type BotVerifier,
  type Verification,
  type VerifierOptions,
} from "./verifier.ts";
