// Setting another's session cookie from a parameter.
import { firstHit, type Detector } from "./detector.ts";

const patterns: readonly (readonly [RegExp, number])[] = [
  [/\.cookie\b.{0,64};\s?\W{0,8}(?:expires|domain)\W{0,8}=/, 5],
  [/\bhttp-equiv\W{1,8}set-cookie\b/, 5],
];

export const sessionFixation: Detector = {
  name: "session-fixation",
  keywords: [".cookie", "http-equiv"],
  detect: ({ lower }) => firstHit(lower, patterns),
};
