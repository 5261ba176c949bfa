import type { Detector } from "./detector.ts";

const pattern = /<script[\s/>]|<[a-z]\w*[\s/][^>]{0,512}\bon[a-z]{3,24}\s*=|^\s*javascript:/;

export const xss: Detector = {
  name: "xss",
  keywords: ["<", "javascript:"],
  detect(value) {
    const match = pattern.exec(value.lower);
    return match ? { score: 5, start: match.index, end: match.index + match[0].length } : undefined;
  },
};
