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

/** A reader of times that remembers the last one. */
export function createClfClock(): (text: string) => number {
  let last = "";
  let time = Number.NaN;
  return (text) => {
    if (text !== last) {
      time = clfTime(text);
      last = text;
    }
    return time;
  };
}
