import type { Detector } from "./detector.ts";

const pattern = /(?:^|[/\\])\.\.[/\\](?:\.\.[/\\]|etc[/\\]|windows[/\\])|^\/etc\/(?:passwd|shadow)/;

export const pathTraversal: Detector = {
  name: "path-traversal",
  keywords: ["..", "/etc/"],
  detect(value) {
    const match = pattern.exec(value.lower);
    return match ? { score: 5, start: match.index, end: match.index + match[0].length } : undefined;
  },
};
