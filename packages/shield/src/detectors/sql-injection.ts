import type { Detector } from "./detector.ts";

const pattern =
  /['"`)]\s*(?:or|and|\|\||&&)\s*['"(]?\w+['")]?\s*(?:=|<|>|like)|\bunion\s+(?:all\s+)?select\b|;\s*(?:drop|insert|update|delete)\s|['"]\s*--/;

export const sqlInjection: Detector = {
  name: "sql-injection",
  keywords: ["'", '"', "`", "union", ";", ")"],
  detect(value) {
    const match = pattern.exec(value.lower);
    return match ? { score: 5, start: match.index, end: match.index + match[0].length } : undefined;
  },
};
