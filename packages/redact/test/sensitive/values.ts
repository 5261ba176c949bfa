// Made-up values of every type, built from the definition of each (check digits included).
import type { BuiltInType } from "../../src/index.ts";
import type { Random } from "./random.ts";

const NAMES = [
  "ada",
  "grace.hopper",
  "j_doe",
  "li-wei",
  "o.neill",
  "maría",
  "jürgen",
  "x",
  "team42",
  "a.b.c",
];
const HOSTS = [
  "example.com",
  "mail.example.org",
  "example.co.uk",
  "xn--bcher-kva.example",
  "bücher.example",
  "a-b.example.net",
  "uni.example.edu",
];

function email(random: Random): string {
  const tag = random.below(5) === 0 ? "+news" : "";
  return `${random.pick(NAMES)}${tag}@${random.pick(HOSTS)}`;
}

/** Numbers that are known by their shape alone. */
const PHONES = [
  "(N0#) N##-####",
  "N0#-N##-####",
  "N0#.N##.####",
  "+1 N0# N## ####",
  "+1-N0#-N##-####",
  "+1N0#N######",
  "1-800-N##-####",
  "+44 20 7### ####",
  "+44 (0)20 7### ####",
  "020 7### ####",
  "07### ######",
  "+49 30 #######",
  "+49 (0)171 #######",
  "030 #######",
  "0171/#######",
  "+33 6 ## ## ## ##",
  "06 ## ## ## ##",
  "01.##.##.##.##",
  "+34 6## ## ## ##",
  "+39 3## #######",
  "+31 6 ########",
  "06-########",
  "+46 70 ### ## ##",
  "070-### ## ##",
  "+45 ## ## ## ##",
  "+351 9## ### ###",
  "+48 ### ### ###",
  "+7 9## ###-##-##",
  "+81 3-####-####",
  "03-####-####",
  "090-####-####",
  "+82 10-####-####",
  "010-####-####",
  "+86 138 #### ####",
  "138-####-####",
  "+91 9#### #####",
  "(11) 9####-####",
  "+55 11 9####-####",
  "+61 4## ### ###",
  "04## ### ###",
  "+353 1 ### ####",
  "+971 50 ### ####",
  "0033 1 ## ## ## ##",
];

function phone(random: Random): string {
  return random.fill(random.pick(PHONES));
}

function ip(random: Random): string {
  const octet = (): number => random.below(256);
  const group = (): string => (1 + random.below(0xffff)).toString(16);
  return random.pick([
    () => `${1 + random.below(223)}.${octet()}.${octet()}.${octet()}`,
    () => `10.${octet()}.${octet()}.${octet()}`,
    () => `192.168.${octet()}.${octet()}`,
    () => `2001:db8:${group()}:${group()}::${group()}`,
    () => `2001:db8::${group()}`,
    () => `fe80::${group()}:${group()}:${group()}:${group()}`,
    () => ["2a01", group(), group(), group(), group(), group(), group(), group()].join(":"),
    () => `::ffff:192.0.2.${octet()}`,
  ])();
}

const CARDS = [
  "4###############",
  "51##############",
  "55##############",
  "2221############",
  "37#############",
  "34#############",
  "6011############",
  "65##############",
  "3528############",
  "62##############",
];

function card(random: Random): string {
  const stem = random.fill(random.pick(CARDS)).slice(0, -1);
  const digits = stem + checkDigit(stem);
  if (random.below(2) === 0) return digits;
  const separator = random.pick([" ", "-"]);
  const groups = digits.length === 15 ? [4, 6, 5] : [4, 4, 4, 4];
  let at = 0;
  return groups.map((size) => digits.slice(at, (at += size))).join(separator);
}

function checkDigit(stem: string): number {
  const sum = [...stem].reverse().reduce((sum, character, i) => {
    const doubled = Number(character) * (i % 2 === 0 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

const ACCOUNTS: readonly (readonly [country: string, pattern: string])[] = [
  ["DE", "##################"],
  ["FR", "#######################"],
  ["GB", "NWBK##############"],
  ["NL", "ABNA##########"],
  ["ES", "####################"],
  ["CH", "#################"],
  ["NO", "###########"],
  ["PL", "########################"],
];

function iban(random: Random): string {
  const [country, pattern] = random.pick(ACCOUNTS);
  const account = pattern.replaceAll("#", () => String(random.below(10)));
  const digits = [...`${account}${country}00`]
    .map((character) => Number.parseInt(character, 36))
    .join("");
  const check = 98n - (BigInt(digits) % 97n);
  const whole = `${country}${check.toString().padStart(2, "0")}${account}`;
  return random.below(2) === 0 ? whole : whole.replace(/.{4}(?=.)/g, "$& ");
}

function ssn(random: Random): string {
  const area = random.pick(["001", "123", "219", "457", "665", "772", "899"]);
  return `${area}-${random.fill("N#")}-${random.fill("#N##")}`;
}

const SECRETS = [
  ["AKIA", "UUUUUUUUUUUUUUUU"],
  ["ghp_", "A".repeat(36)],
  ["glpat-", "A".repeat(20)],
  ["sk_live_", "A".repeat(24)],
  ["sk-proj-", "A".repeat(48)],
  ["xoxb-", "##########-############-AAAAAAAAAAAAAAAAAAAAAAAA"],
  ["hf_", "A".repeat(34)],
  ["npm_", "A".repeat(36)],
  ["AIza", "A".repeat(35)],
  ["eyJ", `${"A".repeat(33)}.eyJ${"A".repeat(60)}.${"A".repeat(43)}`],
] as const;

function secret(random: Random): string {
  const [prefix, pattern] = random.pick(SECRETS);
  const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  // "#", "N", "X" and "A" are drawn; "U" is Base32.
  const body = pattern.replace(/eyJ|[A#U]/g, (kind) => {
    if (kind === "eyJ") return kind;
    return kind === "U" ? upper[random.below(upper.length)]! : random.fill(kind);
  });
  return `${prefix}${body}`;
}

export const VALUES: Readonly<Record<BuiltInType, (random: Random) => string>> = {
  EMAIL: email,
  PHONE_NUMBER: phone,
  IP_ADDRESS: ip,
  CREDIT_CARD_NUMBER: card,
  IBAN: iban,
  US_SSN: ssn,
  API_KEY: secret,
};
