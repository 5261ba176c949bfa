export { detectBots, type BotMatch } from "./detect.ts";
export { categoriesOfBot, expandBotList, listBots, type BotName } from "./expand.ts";
export type { BotCategory, WellKnownBot } from "./gen/names.ts";
