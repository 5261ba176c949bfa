// Where a parameter takes something short, a command line needs no breakout to be one: a tool with its
// arguments, a command after a separator, a cmdlet, a loop, a variable of the shell.
import { hitOf, type Hit, type Value } from "./detector.ts";
import { commandRank } from "./shell-words.ts";

/** Tools that are nothing but tools, in any language. */
const tools = String.raw`(?:whoami|ifconfig|ipconfig|netstat|nslookup|uname|wget|curl|ncat|netcat|socat|telnet|tcpdump|chmod|chown|chattr|mkfifo|mknod|mkdir|rmdir|useradd|usermod|adduser|userdel|sudo|su|bash|zsh|ksh|csh|tcsh|powershell|pwsh|certutil|bitsadmin|mshta|wscript|cscript|regsvr32|rundll32|schtasks|wmic|tasklist|taskkill|systeminfo|xcopy|robocopy|vssadmin|msiexec|icacls|takeown|bcdedit|apt-get|dpkg|iptables|systemctl|crontab|gawk|egrep|fgrep|zgrep|xargs|base64|printenv|python[\d.]{0,5}|perl|ruby|php[\d.]{0,3}|lua|gcc|rsync|scp|sftp|sqlite3|mysql|psql|redis-cli|kubectl|docker|busybox|tail|less|ping6?|ls|ps|id|cat|nc|rm|mv|cp|sh|ssh|dig|traceroute|tracert|lsof|strace|gdb|openssl|nohup|setsid|awk|sed|grep|find|tar|bsdtar|unzip|gzip|aa-\w{2,16}|visudo|cmd(?:\.exe)?|reg|net|sc)`;
const tool = new RegExp(
  String.raw`^[\s'"(]{0,4}(?:(?:sudo|time|nohup|env|exec|command|nice)\s{1,4})?(?:${tools})\s{1,4}(?:-{1,2}[a-z]|/[a-z]|[~.]{0,2}/|\$|\*|["'\x60<>|]|\S{1,64}[/:\\@*]\S|[a-z][\w-]{0,40}\.[a-z]{1,5}\b|\d{1,9}$)`,
);
const alone =
  /^[\s'"(`]{0,4}(?:whoami|ifconfig|ipconfig|netstat|systeminfo|tasklist|printenv|lsof|dmesg|uname|getmac|vmstat|(?:wget|curl|nslookup|chmod|chown|mkfifo|ncat|netcat|socat|telnet|useradd|bsdtar|python[\d.]{1,5}|powershell|certutil|aa-\w{2,16})\s{1,4}\S{0,64}(?:\s\S{1,64}){0,3})\s{0,4}['")`;]{0,4}$/;

const lines: readonly RegExp[] = [
  // loops and conditions of cmd.exe and of a shell
  /\bfor\s{1,4}(?:\/[dflr]\s{1,4}(?:\S{1,64}\s{1,4}){0,2})?%{1,2}[a-z~]\w{0,16}\s{1,4}in\s{0,4}\(/,
  /\bif\s{1,4}(?:\/i\s{1,4})?(?:not\s{1,4})?(?:exist\s{1,4}\S|defined\s{1,4}\S|errorlevel\s{1,4}\d|[^\s=(]{1,32}\s{0,2}==\s{0,2}\S|\S{1,32}\s{1,4}(?:equ|neq|lss|leq|gtr|geq)\s)/,
  /;\s{0,4}(?:if\s{1,4}\[|then\b|do\b|done\b|fi\b|esac\b)|[;|&\n][ \t]{0,4}(?:\.\s{1,4}\/|\[\s{1,4}-[a-z]\s|test\s{1,4}-[a-z]\s)/,
  /\[(?:system\.)?(?:net\.\w{2,24}|convert|text\.encoding|reflection\.assembly|io\.\w{2,16}|diagnostics\.process|environment|activator|runtime\.\w{2,32}|scriptblock|wmiclass|appdomain|management\.automation\.\w{2,16})\]\s?::/,
  /^\W{0,4}(?:wmic|reg(?:\.exe)?\s{1,4}(?:add|query|delete|save|export|import)\b|vssadmin|schtasks|rundll32|regsvr32|bitsadmin|mshta|cscript|wscript|net\s{1,4}(?:user|localgroup|view|share|use)\b|sc\s{1,4}(?:query|create|config|start|stop)\b)(?:\.exe)?\s/,
  // history, arithmetic, process substitution, variables of the shell
  /^!(?:!|-?\d{1,4}|[a-z]{2,8}|\$|\*)$/,
  /\$\(\(|[<>]\(\s{0,2}[a-z]{2,16}\b/,
  /\$\{?(?:path|home|ifs|shell|hostname|oldpwd|pwd|bash_?\w{0,16}|uid|euid|ppid|ps1|random)(?:[}:%#/]|$)/,
  /(?:^|[;|&\s])>{1,2}\s?\/(?:tmp|var|dev|etc|home|root|opt|usr|proc)\//,
  /;\s?\$\w{1,16}\$\w|;\s?\w{1,16}=[^\s;]{1,64};\s?\$|\$'(?:[a-z]{2,16}|\\[x\d])/,
  /\/(?:\[?[a-z?*]{1,8}[\]?*])[\w?*[\]]{0,8}\/[\w?*[\]]{1,16}\s|\/(?:b|u|e|\?)[?*[][\w?*[\]]{0,8}\/[\w?*[\]]{1,16}/,
  /%(?:systemroot|comspec|windir|programdata|appdata|temp|userprofile|path|cd)(?::[^%]{1,16})?%/,
  /\bcmd(?:\.exe)?\s{0,4}\/[ckq]\b|\bpowershell(?:\.exe)?\s{1,4}-/,
];
const verbs =
  "add|clear|compare|complete|connect|convert(?:to|from)?|copy|debug|disable|enable|enter|exit|expand|export|find|foreach|format|get|import|install|invoke|join|limit|measure|mount|move|new|out|pop|publish|push|read|receive|register|remove|rename|reset|resolve|restart|resume|save|select|send|set|show|sort|split|start|stop|suspend|tee|test|trace|unblock|unregister|update|use|wait|where|write";
const nouns = String.raw`acl|alias|bitstransfer|childitem|ciminstance|cimmethod|clixml|command|computer\w{0,16}|connection|content|credential|csv|culture|date|eventlog|event|executionpolicy|expression|file|gridview|history|host|hotfix|item(?:property)?|job|json|localuser|localgroup\w{0,8}|location|member|module|mppreference|netipaddress|nettcpconnection|object|output|package|path|process|psdrive|psprovider|pssession|random|restmethod|scheduledjob|scheduledtask|securestring|service|sleep|string|transcript|trace\w{0,8}|type|variable|webproxy|webrequest|wmi\w{2,10}|wsman\w{0,12}|xml`;
/** A cmdlet as PowerShell writes it, or with arguments: other names with a hyphen are plenty. */
const cmdlet = new RegExp(String.raw`\b(?:${verbs})-(?:${nouns})\b`);
const withArguments = /\b[a-z]{2,12}-[a-z]{2,24}(?:\s{0,4}[|;(]|\s{1,4}(?:-[a-z]|["'$\\/]|[a-z]:))/;
const pascal = /\b[A-Z][a-z]{1,12}-[A-Z]/;
const separated = /(?:;|\|{1,2}|&{1,2}|\$\(|`|\n|\r)[ \t]{0,4}(?=["'$\\a-z{(])/g;

/** Commands after separators that are read of one value. */
export const MAX_SEPARATED = 16;

/** A command line as the value of a parameter that takes something short. */
export function inLines(value: Value): Hit | undefined {
  const { lower } = value;
  const terse = value.isTerse;
  if (!terse && !leads.test(lower)) return undefined;
  const hit = terse ? (hitOf(tool.exec(lower), 5) ?? hitOf(alone.exec(lower), 5)) : undefined;
  if (hit) return hit;
  for (const pattern of lines) {
    const found = hitOf(pattern.exec(lower), 5);
    if (found) return found;
  }
  return inCmdlets(value) ?? afterSeparator(value, terse ? MAX_SEPARATED : 1);
}

function inCmdlets({ lower, text }: Value): Hit | undefined {
  const match = cmdlet.exec(lower);
  if (!match) return undefined;
  const after = lower.slice(match.index, match.index + 128);
  return pascal.test(text.slice(match.index)) || withArguments.test(after)
    ? hitOf(match, 5)
    : undefined;
}

const firstWord = /["'({\\$]{0,4}([a-z][\w.-]{0,24})(?=$|[\s;|&`<>"'(){},/$#\\])/y;

/** No text begins with a separator; a table of Markdown begins with a bar and a space. */
const leads = /^(?:;|&{1,2}|\|{1,2}(?!\s|\w{1,24}\|)|\$\()\s{0,2}[a-z.$]/;

/** Characters in which a sentence shows that it is one. */
const SENTENCE_WINDOW = 256;

/** `x; sleep 5`: in a sentence the word could follow, in an identifier it cannot. */
function afterSeparator(value: Value, most: number): Hit | undefined {
  const { lower } = value;
  if (/^\s{0,4}data:/.test(lower)) return undefined;
  separated.lastIndex = 0;
  for (let count = 0; count < most; count++) {
    const match = separated.exec(lower);
    if (!match) return undefined;
    const from = match.index + match[0].length;
    firstWord.lastIndex = from;
    const word = firstWord.exec(lower)?.[1];
    const before = lower.slice(0, Math.min(match.index, SENTENCE_WINDOW)).trim();
    // A sentence before the separator is a sentence after it.
    if (word === undefined || before.split(/\s{1,16}/, 4).length > 3) continue;
    const spaced = /[;|&\n\r]\s{1,4}$|[\n\r]/.test(match[0]);
    const speaks = spaced
      ? unmistakable.test(lower.slice(from, from + 24)) ||
        (match.index === 0 && leads.test(lower) && commandRank(word) === 2)
      : speaksAfter(match[0], word, value);
    if (speaks) return { score: 5, start: match.index, end: from + word.length };
  }
  return undefined;
}

/** Whether a word that follows a separator at once is a command and no part of a list or a name. */
function speaksAfter(mark: string, word: string, value: Value): boolean {
  const rank = commandRank(word);
  if (rank === 2 || aliases.has(word)) return true;
  // `&head` is the address of something in C, and `R&D` is not written with it either.
  const single = mark.endsWith("&") && !mark.endsWith("&&") && word !== "id";
  return rank === 1 && !single && !isList(value);
}

/** What can follow a separator and a space, and no sentence goes on with. */
const unmistakable = new RegExp(
  String.raw`^(?:whoami|ifconfig|ipconfig|netstat|nslookup|uname|wget|curl|ncat|netcat|socat|telnet|chmod|chown|powershell|pwsh|certutil|systeminfo|tasklist|printenv|python\d?|perl|bash|ls|ps|nc|dir|sudo|ping\s|sleep\s{1,4}\d|echo\s{1,4}\S{1,32}$|cat\s{1,4}[/~.*$]|rm\s{1,4}-|type\s{1,4}\S{1,64}$|net\s{1,4}(?:user|localgroup|view|share|start|stop)\b|copy\s|del\s|id$|id\s{0,4}[;|&#'"])`,
);
const listName =
  /(?:field|column|sort|order|select|include|expand|id|type|prop|attribute|tag|list|embed|group|facet|option|categor\w{1,3}|key|item|value)s?\]?$/;

/** Names of fields in a row, as some interfaces take them: `fields=name;type;date`. */
function isList({ lower, name }: Value): boolean {
  return (
    listName.test(name.toLowerCase()) && /^[\w.-]{1,64}(?:[;|&][\w.-]{1,64}){1,64}$/.test(lower)
  );
}

/** Short names of cmdlets, and commands of cmd.exe. */
const aliases: ReadonlySet<string> = new Set(
  "gci gcm gdr ghy gjb gl gm gmo gp gps gsv gwmi iex ihy ii ipmo irm iwmi iwr kill rbp rcjb rjb rsnp sajb sal saps sasv sbp shcm spjb spps spsv swmi dir md rd del erase assoc ftype vol ver pushd popd mklink".split(
    " ",
  ),
);
