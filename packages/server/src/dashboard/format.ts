// Figures and times as people read them. Times are in UTC everywhere.
const GROUP = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const DECIMALS = 1;

export const count = (n: number): string => GROUP.format(n);
export const short = (n: number): string => (n < 100_000 ? count(n) : SHORT.format(n));

export function percent(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0%";
  const share = (part / whole) * 100;
  return share < 0.1 ? "<0.1%" : `${Number(share.toFixed(DECIMALS))}%`;
}

/** ISO 8601, or nothing for what is no time. */
export const iso = (time: number): string =>
  Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : "";
export const moment = (time: number): string => iso(time).replace("T", " ").slice(0, 19);
export const clock = (time: number): string => iso(time).slice(11, 16);

export function bytes(size: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let at = 0;
  let value = size;
  while (value >= 1_024 && at < units.length - 1) {
    value /= 1_024;
    at++;
  }
  return `${Number(value.toFixed(DECIMALS))} ${units[at]}`;
}

const NAMES: Readonly<Record<string, string>> = {
  RATE_LIMIT: "Rate limit",
  BOT: "Bot",
  SHIELD: "Shield",
  EMAIL: "E-mail",
  FILTER: "Filter",
  SENSITIVE_INFO: "Sensitive information",
  PROMPT_INJECTION_DETECTION: "Prompt injection",
  CUSTOM: "Custom",
  ERROR: "Error",
};

/** A kind of rule in words. */
export const ruleName = (type: string): string => NAMES[type] ?? type;
export const RULE_TYPES = Object.keys(NAMES).filter((type) => type !== "ERROR");
