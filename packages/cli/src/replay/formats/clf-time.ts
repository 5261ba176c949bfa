/** Times as in `10/Oct/2000:13:55:36 -0700`, where almost every line repeats the one before. */

const LENGTH = 26;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const SHAPE = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/;
const MINUTE = 60_000;

/**
 * Milliseconds since the epoch; NaN when it is no such time.
 *
 * @example
 * clfTime("10/Oct/2000:13:55:36 -0700"); // 971211336000
 */
export function clfTime(text: string): number {
  const parts = text.length === LENGTH ? SHAPE.exec(text) : null;
  if (parts === null) return Number.NaN;
  const [, day, month = "", year, hour, minute, second, sign, zoneHour, zoneMinute] = parts;
  const index = MONTHS.indexOf(month) / 3;
  if (!Number.isInteger(index) || index < 0) return Number.NaN;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return Number.NaN;
  const date = new Date(Date.UTC(Number(year), index, Number(day)));
  if (date.getUTCDate() !== Number(day)) return Number.NaN;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === "-" ? 1 : -1);
  const minutes = Number(hour) * 60 + Number(minute) + offset;
  return date.getTime() + minutes * MINUTE + Number(second) * 1_000;
}

/** Where the seconds stand: what is before and behind them stays the same for a minute. */
const SECONDS = 18;
const ZONE = 20;

/** A reader of times that remembers the last minute. */
export function createClfClock(): (text: string) => number {
  let before = "";
  let behind = "";
  let minute = Number.NaN;
  return (text) => {
    const second = digit(text, SECONDS) * 10 + digit(text, SECONDS + 1);
    if (!(second <= 60)) return Number.NaN;
    const isSame = before !== "" && text.length === LENGTH;
    if (!isSame || !text.startsWith(before) || !text.endsWith(behind)) {
      minute = clfTime(text) - second * 1_000;
      before = Number.isNaN(minute) ? "" : text.slice(0, SECONDS);
      behind = text.slice(ZONE);
    }
    return minute + second * 1_000;
  };
}

/** The digit at a place; NaN where there is none. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}
