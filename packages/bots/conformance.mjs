// Puts `detectBots` into the shape the measurement of user agents asks for.
import { detectBots } from "./dist/index.js";

export function detect(userAgent) {
  const { ids } = detectBots(userAgent);
  return { bot: ids.length > 0, ids };
}
