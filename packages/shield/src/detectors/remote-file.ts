// Making the application include a file of the attacker's: a URL where it expects a path of its own.
import type { Detector, Value } from "./detector.ts";

const url = /^\s{0,4}(?:url:)?(?:https?|ftps?|php|file):\/\/[^\s]{1,2048}$/;
const ending = /^\s{0,4}(?:(?:https?|ftps?|file):)?\/\/[^\s?&]{1,512}\?{1,4}\s{0,4}$/;
/** No page asks for a file by FTP any more. */
const byFtp =
  /^\s{0,4}ftps?:\/\/\S{1,512}\.(?:txt|php\d?|phtml|inc|sh|pl|py|jsp|asp|aspx|exe)\??\s{0,4}$/;
/** A file that is text to its server and code to the one that includes it. */
const included =
  /^\s{0,4}(?:https?|ftps?):\/\/[^\s?&]{1,512}\/(?:c99|r57|shell|cmd|evil|backdoor|webshell|b374k|wso|php-reverse-shell)\.(?:txt|php\d?|gif|jpg|png|inc|dat)\b/;
const includes =
  /(?:absolute_?path|root_?path|(?:phpbb|base|inc|include|lib|class|module|plugin|template|theme|config|site|home|doc)_?(?:root|path|dir|file)|^(?:include|require|inc)$)|^_?(?:conf|config|globals|server|env|session|request)\[/;
const shellFile =
  /^https?:\/\/(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?\/\S{0,256}\.(?:txt|php\d?|phtml|sh|pl|py|jsp|asp|exe|ps1|dtd|jar|class)\??$/;

export const remoteFile: Detector = {
  name: "remote-file",
  keywords: ["http", "ftp", "file?", "file:", "//"],
  detect(value) {
    const score = scoreOf(value);
    return score > 0 ? { score, start: 0, end: value.lower.length } : undefined;
  },
};

function scoreOf({ lower, name, place, isName, raw }: Value): number {
  if (isName || (place !== "query" && place !== "body")) return 0;
  if (ending.test(lower) || included.test(lower) || byFtp.test(lower)) return 5;
  if (/^https?:/.test(lower) && /%00/.test(raw)) return 5;
  if (!url.test(lower)) return 0;
  if (includes.test(name.toLowerCase())) return 5;
  return shellFile.test(lower) ? 5 : 0;
}
