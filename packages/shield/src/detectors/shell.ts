// Shell commands. What stands after a separator, in a substitution or at the start of a value is read
// as a shell would: quotes, backslashes and empty variables inside a word vanish, `${IFS}` is a space,
// braces are a list. Then a command name needs an argument that has the shape of one, or a separator
// before it that no sentence has.
import { firstHit, hitOf, type Detector, type Hit, type Value } from "./detector.ts";
import { isGrammatical } from "../headers.ts";
import { inLines } from "./shell-lines.ts";
import { commandRank } from "./shell-words.ts";
import { isProse } from "./terse.ts";

const sequences: readonly (readonly [RegExp, number])[] = [
  [/^\W{0,8}\(\)\s{0,8}\{|\(\)\s{0,8}\{\s{0,8}:?;/, 5],
  [/\/dev\/(?:tcp|udp)\/|[<>]&\s?\/dev\/|\d>&\d|>\s?\/dev\/null|&>\s?\//, 5],
  [/\$\{?ifs\b|\$\{ifs[%:]/, 5],
  [/^["'`;|&\s]{0,4}\$\{?shell\}?\s{1,4}-/, 5],
  [
    /\binvoke-(?:webrequest|expression|command|restmethod|item|wmimethod|mimikatz)\b|\b(?:iex|iwr)\s{0,2}\(|\bnew-object\s{1,4}(?:system\.)?net\.|-(?:enc|encodedcommand)\s{1,4}[\w+/=]{16}|-executionpolicy\s{1,4}bypass/,
    5,
  ],
  [/^\s{0,4}alias\s{1,4}(?:[+-]\S{0,8}\s{1,4})?\w{1,32}=\S/, 5],
  [/^~[+-]\d{0,4}$/, 5],
  [/^[a-z]{2,16} {1,4}['"]-['"]\w/, 5],
  [
    /^[a-z]{0,16}\{(?:,[\w,-]{1,64}|[\w-]{1,32},|[\w-]{1,32},-[\w-]{1,32})\}[a-z]{0,16}$|^[a-z]{1,16}\{[a-z]{1,16},[a-z]{1,16}\}[a-z]{1,16}$/,
    5,
  ],
  [
    /^\W{0,4}(?:[a-z]:\S{0,64}\\)?cmd(?:\.exe)?\s{1,4}\/[ck]\s{1,4}["'^]?(?:whoami|dir|type|net|ping|echo|del|copy|ipconfig|systeminfo|start|powershell|certutil|set|ver|tasklist|curl)\b/,
    5,
  ],
  [/[;|&\n]\s?sleep\s{1,4}\d{1,4}\s{0,2}(?:$|[;|&'")#\n])/, 5],
  // a quote closed, a command, and the rest hidden
  [
    /^[\w.@-]{0,32}["']\)?\s{0,2}[;|&]{1,2}\s{0,2}[a-z]{1,12}\b[^'"]{0,64}[;|&#]{1,2}\s{0,2}["']?$/,
    5,
  ],
  [/%(?:systemroot|comspec|windir|programdata|appdata)%\\\w/, 5],
];
/** An executable by its path, as the whole value or with arguments. */
const executable =
  /(?:^|[\s;|&`'"({=])\/(?:usr\/)?(?:local\/)?s?bin\/[\w.?*[\]-]{1,32}(?=$|[\s;|&<>"'`)])/;
const globbed =
  /[;|&\n][ \t]{0,4}\/[\w?*[\]]{1,12}\/[\w?*[\]]{0,16}(?:[?*]|\w\[\w{1,3}\])[\w?*[\]]{0,16}|^\/\?{2,8}\/\S{0,32}[?*]|[;|&\n][ \t]{0,4}\/(?:[?*]{1,8}\/){1,4}[\w?*]{2,16}(?=\s|$)/;
const argument =
  /^\s{0,4}<{1,3}\s?\w|^\s{1,8}(?:-{1,2}[a-z]|[/~]|\.{1,2}\/|\$[\w({]|\*|["'][^"']{0,64}["']?$|\S{0,64}\/\S|[\w-]{1,40}\.[a-z]{2,10}\b|\d{1,3}\.\d{1,3}\.|<|>|\||-\d|[a-z]:[\\/])/;
const ending = /^\s{0,4}(?:$|[;|&`)\n#<>"'])/;

export const shell: Detector = {
  name: "shell",
  // Marks of a shell, not names of commands: there are too many of those, and most are words.
  keywords: [
    ...";`|&\n\r{",
    ..."$(|() {|(){|$s|ifs|''|\"\"|'-'|\"-\"|~+|~-|/?".split("|"),
    ..."/etc|/var/|/bin|bin/|/usr|/proc|/tmp|/home|/root|/dev/|/opt/|:\\|http:|https:| -c | -e ".split(
      "|",
    ),
    ..."<(|>(|!|whoami|config|netstat|wget|curl|chmod|chown|powershell|uname|sudo|bash|python|perl |ruby |ping |telnet|nslookup|sysinfo|systeminfo|tasklist|printenv|lsof|certutil|cmd |cmd.exe|cscript|wscript|rundll|regsvr|mshta|wmic|schtasks|bitsadmin|vssadmin|reg |ls -|ps a|rm -|nc -|cat /|time |aa-|if |for |set-|get-|start-|stop-|convertt|add-|remove-|import-|export-|out-|test-|write-|new-|select-|[system|[net.|[convert|%cd|%path|%temp|%user|${|$p|$h|$u|$b|>/|> /|bsdtar|sh -|tar -|find /|find .|sed -|grep -|awk |docker |kubectl|mysql -|openssl|gcc |base64|chattr|mkfifo|useradd|dig |ssh |scp |id -|invoke-|iex|iwr|new-object|-enc|-executionpolicy|alias|%sys|%com|%win|%prog|%app".split(
      "|",
    ),
  ],
  inSegments: true,
  inAnyHeader: true,
  detect(value) {
    if (value.place === "header" && isGrammatical(value.name)) return inHeader(value);
    if (value.place === "header" && value.name === "referer" && !/\$\(|\(\)\s?\{/.test(value.text))
      return undefined;
    return (
      firstHit(value.lower, sequences) ?? inExecutables(value) ?? worst(inCommands(value), value)
    );
  },
};

function worst(hit: Hit | undefined, value: Value): Hit | undefined {
  return hit?.score === 5 ? hit : (inLines(value) ?? hit);
}

/** Where semicolons and words mean nothing, only what no such header holds speaks. */
function inHeader(value: Value): Hit | undefined {
  const { lower } = value;
  if (/^\s?[;|`&]/.test(lower)) return inCommands(value);
  if (!/\(\)\s?\{|\/bin\/|\/dev\/|\$\(|\$\{ifs/.test(lower)) return undefined;
  return firstHit(lower, [...sequences.slice(0, 3), [executable, 5], [substitution, 5]]);
}

const substitution = /\$\(\s?[a-z/][\w./ -]{0,64}\)?/;

function inExecutables({ lower, place, inner }: Value): Hit | undefined {
  if (place === "path" && inner === "") return undefined;
  const hit = hitOf(executable.exec(lower), 5);
  // In a sentence a path is a name like any other.
  const named = hit !== undefined && /[\s'"(`]/.test(lower.charAt(hit.start)) && isProse(lower);
  return hit && !named ? hit : hitOf(globbed.exec(lower), 5);
}

/** Commands read of one value. */
export const MAX_COMMANDS = 64;

const separator = /\$\(|[;|&`\n\r]{1,2}|^|[<>]\(/g;

function inCommands(value: Value): Hit | undefined {
  const { lower } = value;
  let best: Hit | undefined;
  separator.lastIndex = 0;
  for (let count = 0; count < MAX_COMMANDS; count++) {
    const match = separator.exec(lower);
    if (!match) return best;
    const from = match.index + match[0].length;
    if (match[0] === "") separator.lastIndex = from + 1;
    const score = judgeCommand(lower, from, match[0], value);
    if (score > (best?.score ?? 0))
      best = { score, start: match.index, end: Math.min(lower.length, from + 32) };
    if (best?.score === 5) return best;
  }
  return best;
}

/** Characters of a command that are read. */
const COMMAND_WINDOW = 160;

/** How a command begins, whatever its name is written between. */
const begins = /\s{0,16}[a-z_"'({\\$]/y;

function judgeCommand(lower: string, from: number, mark: string, value: Value): number {
  begins.lastIndex = from;
  if (!begins.test(lower)) return 0;
  if (mark !== "" && isDisguised(lower.slice(from, from + DISGUISE_WINDOW).trimStart())) return 5;
  // Three backticks fence code in Markdown.
  if (mark.includes("`") && /`{3}/.test(lower.slice(Math.max(0, from - 3), from + 2))) return 0;
  const written = lower.slice(from, from + COMMAND_WINDOW);
  const line = unquote(written);
  const match =
    /^["'\s({\\]{0,16}((?:[a-z_]\w{0,16}=\S{0,32}\s{1,4})?(?:(?:sudo|time|nohup|exec|command|env|busybox|nice|builtin)\s{1,4}(?=[a-z/]))?)([a-z][\w.-]{1,24}|w)/.exec(
      line,
    );
  if (!match) return 0;
  const rest = line.slice(match[0].length);
  const rank = commandRank(match[2]!);
  if (rank === 0) return 0;
  const quoted = /^[a-z]{0,12}(?:''|""|\\[a-z]|\$@|\$\{\w{0,8}\})[a-z]/.test(written.trimStart());
  if (quoted) return 5;
  if (mark === "") return startScore(rank, rest, match[1] !== "", value);
  if (value.place === "cookie" && mark !== "$(" && mark !== "`")
    return argument.test(rest) && (rank === 2 || /^\s{1,4}[-/]/.test(rest)) ? 5 : 0;
  if (/[\n\r]/.test(mark)) return lineScore(rank, rest, lower, value);
  if (mark === "&" && /^\s/.test(written) && rank === 1) return argument.test(rest) ? 3 : 0;
  return separatedScore(rank, rest, mark, written, lower.slice(0, from - 1), value);
}

/** Characters of a command's name, disguise included. */
const DISGUISE_WINDOW = 48;
const disguised = /^[a-z]{1,12}(?:['"\\^@$*(){}!`][a-z'"\\^@$*(){}!`]{1,40})/;

/** Whether a name was cut up with marks that the shell drops, two of them at least, and is a command without. */
function isDisguised(written: string): boolean {
  const match = disguised.exec(written)?.[0];
  if (match === undefined || !/[a-z]$/.test(match)) return false;
  const name = match.replace(/[^a-z]/g, "");
  const marks = match.length - name.length + (/[\\^]/.test(match) ? 1 : 0);
  return marks >= 2 && commandRank(name) > 0;
}

/** At the start of a value a command is a word like any other: its arguments must speak for it. */
function startScore(rank: 1 | 2, rest: string, prefixed: boolean, { place }: Value): number {
  if (place === "header" || place === "path") return 0;
  const speaks =
    /^\s{1,4}(?:-[ce]\s{1,4}["']|(?:-\w{1,8}\s{1,4})?\/(?:etc|var|bin|usr|proc|tmp|home|root|dev|opt)\/|[a-z]:[\\/\w])/.test(
      rest,
    );
  if (speaks) return 5;
  if (rank === 2 && /\|\s{0,4}(?:base64|sh|bash|xxd|tee|python)/.test(rest)) return 5;
  if (rank === 2 && /^\s{1,4}["']?https?:\/\//.test(rest)) return 5;
  return prefixed && rank === 2 && argument.test(rest) ? 3 : 0;
}

/** Lines of a text that may still be one value. */
const MAX_LINES = 3;

/** A new line begins a command, and in a text just another sentence. */
function lineScore(rank: 1 | 2, rest: string, lower: string, value: Value): number {
  const few = lower.split("\n", MAX_LINES + 1).length <= MAX_LINES;
  const speaks = few && argument.test(rest) && (rank === 2 || /^\s{1,4}[-/]/.test(rest));
  return speaks ? 5 : startScore(rank, rest, false, value);
}

/** Backticks set code in Markdown: a sentence goes on before or after them. */
function isMarkdown(before: string, rest: string): boolean {
  const close = rest.indexOf("`");
  return close < 0 || /[a-z,:(]\s$/.test(before) || /^[\s.,:!?)]/.test(rest.slice(close + 1));
}

/** Where people write, a command between backticks is shown, not run, unless it reaches for the system. */
function isSetAsCode(value: Value, rest: string): boolean {
  if (value.isTerse || (value.place !== "query" && value.place !== "body")) return false;
  return !/^[^`]{0,128}(?:\/(?:etc|dev|proc|root)\/|\/bin\/(?:ba)?sh\b)/.test(rest);
}

function separatedScore(
  rank: 1 | 2,
  rest: string,
  mark: string,
  written: string,
  before: string,
  value: Value,
): number {
  const substitution = mark === "$(" || mark === "`" || mark === "<(" || mark === ">(";
  if (substitution) {
    if (mark === "`" && (isMarkdown(before, rest) || isSetAsCode(value, rest))) return 0;
    return rank === 2 || argument.test(rest) || ending.test(rest) ? 5 : 0;
  }
  if (isTableCell(mark, written, before, value)) return 0;
  if (argument.test(rest)) return 5;
  if (!ending.test(rest)) return 0;
  // `;id` ends a value, `; id` may end a sentence.
  const tight = !/^\s/.test(written);
  if (rank === 2) return tight || /^\s{0,4}[;|&`#]/.test(rest) ? 5 : 3;
  return tight &&
    !value.isTerse &&
    !rowOfNames.test(value.lower) &&
    (mark === "|" || mark === ";" || mark === "||" || mark === "&&") &&
    rest.length < 3
    ? 5
    : 0;
}

/** Names in a row, as headers and parameters list them: `name;type;date`. */
const rowOfNames = /^[\w.-]{1,64}(?:[;|][\w.-]{1,64}){2,64}$/;

/** `| a | b |` is a row of a table, and so is what stands between two such bars in a text. */
function isTableCell(mark: string, written: string, before: string, value: Value): boolean {
  if (mark !== "|" || value.isTerse || !/^\s/.test(written)) return false;
  if (value.place !== "query" && value.place !== "body") return false;
  return before.includes("|") || /^\s{0,8}\|[^|]{1,160}\|/.test(value.lower);
}

/** Undoes what a shell undoes inside words; the name of the command is all that is read of it. */
function unquote(text: string): string {
  if (!/['"\\${]/.test(text)) return text;
  return text
    .replace(/\$\{ifs[^}]{0,8}\}|\$ifs(?:\$\d)?/g, " ")
    .replace(/''|""|\\(?=[\w/])|\$@|\$\{\w{0,8}\}(?=\w)/g, "")
    .replace(/^(\s{0,4})\{([a-z]{2,16}),/, "$1$2 ")
    .replace(/^(\s{0,4})["']([\w./-]{1,32})["']/, "$1$2");
}
