// Judges the form of a user agent that names no bot. A browser says `Mozilla/5.0 (platform) …`; old
// phones, consoles and applications have forms of their own, each listed here, and everything that is
// written in another manner than text of products and comments is left alone: this layer would rather
// miss a bot than stop a person.

/** Platforms, engines and applications people use whose user agent does not begin with Mozilla. */
const PERSONAL =
  /midp|cldc|j2me|\bjava[;)]|profile\/|up\.(?:browser|link)|symbian|series ?[3468]0|novarra|obigo|netfront|teleca|openwave|\bbrew\b|\bwap|maui|browser|opera|dalvik|ucweb|webkit|gecko|khtml|mobile|phone|ipad|ipod|\bios\b|ios[/-]|android|windows|macintosh|mac os|macos|x11|linux;|upnp|amiga|morphos|blackberry|playstation|\bps[345]|xbox|nintendo|tizen|webos|smart-?tv|hbbtv|appletv|roku|darwin|cfnetwork|quicktime|itunes|\bvlc|^lynx|^e?links|^w3m|^ncsa|netscape|outlook|microsoft office|thunderbird|^\[fb|app\/|player/i;

/** Makers of old phones, which put their name first. */
const PHONE =
  /^(?:nokia|samsung|sonyericsson|ericsson|sony|mot(?:orola)?[-_ ]|lg[-/e]|blackberry|zte|huawei|alcatel|sie-|sec-|sgh-|sharp|sagem|philips|panasonic|nec-|docomo|kddi|j-phone|softbank|vodafone|portalmmm|pantech|htc|lenovo|tcl|micromax|karbonn|spice|lava|gionee|haier|kyocera|sanyo|audiovox|qc-|qtek|palm|treo|danger|benq|bird|dopod|o2|t-mobile|orange|kgt|mitsu|toshiba|fly|i-mate|hp-|mtk|rover|telit|vertu|videocon|siemens|wm5|ppc|compal|amoi|tianyu|konka|cect|k-touch|oppo|vivo|xiaomi|coolpad)/i;

/** Words, versions and at most comments: no quotes, braces or angle brackets. */
const PLAIN = /^[\w .,:;/+()|=~*&%-]+$/;

/** What may follow `(compatible;` in a browser. */
const COMPATIBLE =
  /^(?:MSIE|IE[ /]|Konqueror|Opera|NetFront|Win|Linux|X11|U[;)]|Mac|BlackBerry|Android|webOS|Palm|Series|Symbian|Nokia|iCab|OmniWeb|Galeon|Trident|NetBSD|FreeBSD|AvantGo|OS\/2|BeOS|SunOS|Amiga|IBrowse|Voyager|ABrowse|Dillo|NetPositive|Netgem|AOL|WebTV|Oregano|RISC|ELinks|Lynx|Links|w3m|GoBrowser|Maemo|Nintendo|PlayStation|PSP|Teleca|UC|MIDP|Mobile|Mozilla|MS FrontPage|Windows|i?Phone|iPad|iPod|Epiphany|Camino|Kazehakase|Safari|OffByOne|Off By One|Browser|Netscape|WAP|KDDI|DoCoMo|EudoraWeb|PPC|Qtek|SPV|SmartPhone|Smart|Maple|HbbTV|Escape|CE-HTML|QtEmbedded|Tizen|Kindle)/i;

const LONE_COMMENT =
  /^\((?!Macintosh|Windows|X11|iPhone|iPad|iPod|Android|Linux|Mobile|Tablet|TV)[A-Za-z]+\)/i;

/** A desktop platform and nothing behind it: every desktop browser names an engine there. */
const PLATFORM_ALONE = /^Mozilla\/5\.0 \((?:X11|Windows NT|Macintosh)[^()]*\)$/;

/**
 * Whether a user agent is that of a browser inside an application, which puts its own name there: what
 * an application is called says nothing against the person who reads in it.
 */
export function isInsideApplication(text: string): boolean {
  if (!text.startsWith("Mozilla/5.0 (")) return false;
  if (text.includes("; wv)") || text.includes("Electron/")) return true;
  return text.includes("Mobile/") && text.includes("AppleWebKit/") && !text.includes("Safari/");
}

function isOddMozilla(text: string): boolean {
  const open = text.indexOf("(");
  if (open === -1) return !PERSONAL.test(text) && !/\[\w+\]/.test(text);
  if (text.startsWith("compatible", open + 1)) {
    const name = text.slice(open + 11, open + 40).replace(/^[;, ]+/, "");
    if (!COMPATIBLE.test(name)) return true;
  }
  const close = text.indexOf(")", open);
  if (open < 16 && close - open < 32 && LONE_COMMENT.test(text.slice(open, close + 1))) return true;
  return text.includes("like Gecko; ") || (close === text.length - 1 && PLATFORM_ALONE.test(text));
}

/** Whether the form of a user agent, which is not empty, is that of a program and not of a browser. */
export function isProgramShape(text: string): boolean {
  if (text.startsWith("Mozilla/")) return isOddMozilla(text);
  if (text.startsWith("mozilla/")) return true;
  return !PERSONAL.test(text) && !PHONE.test(text) && PLAIN.test(text);
}
