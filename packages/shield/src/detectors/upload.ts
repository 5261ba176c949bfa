// The name of an uploaded file that a server would run, with whatever tricks hide its extension.
import type { Detector } from "./detector.ts";

const carrier = /^x[._-]?file[._-]?name$/;
const executable =
  /\.\s{0,4}(?:php\d?|phtml|phar|phps|pht|phpt|jspx?|jspf|asp|aspx|ashx|asmx|cgi|htaccess|user\.ini)[\s.:;]{0,32}$/;
const versions = /\.\s{0,4}(?:php\d{2,4})[\s.]{1,32}$/;

export const upload: Detector = {
  name: "upload",
  keywords: ".ph|. ph|.jsp|. jsp|.asp|.ashx|.asmx|.cgi|.htaccess|.user".split("|"),
  inAnyHeader: true,
  detect({ lower, place, name }) {
    const isFileName =
      place === "header" ? carrier.test(name) : place === "body" && name === "filename";
    if (!isFileName) return undefined;
    const match = executable.exec(lower) ?? versions.exec(lower);
    return match ? { score: 5, start: match.index, end: lower.length } : undefined;
  },
};
