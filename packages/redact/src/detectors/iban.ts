// International bank account numbers (ISO 13616): the length its country uses and the check of ISO 7064
// MOD 97-10, which one of 97 arbitrary strings passes.
import { isAsciiAlphanumeric, isDigit, isUpper, isWord } from "../characters.ts";
import type { Span } from "../span.ts";

const MIN_LENGTH = 15;
const MAX_LENGTH = 34;

const LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 " +
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 " +
    "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 " +
    "PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 " +
    "UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

/** The account number that starts at `start`, in one piece or in groups of four; undefined when none. */
export function findIban(text: string, start: number): Span<"IBAN"> | undefined {
  if (!isUpper(text.charCodeAt(start)) || !isUpper(text.charCodeAt(start + 1))) return undefined;
  if (!isDigit(text.charCodeAt(start + 2)) || !isDigit(text.charCodeAt(start + 3)))
    return undefined;
  const length = LENGTHS.get(text.slice(start, start + 2));
  if (length === undefined) return undefined;
  const found = readCharacters(text, start, length);
  if (!found || isWord(text.charCodeAt(found.end)) || !passesMod97(found.characters))
    return undefined;
  return { start, end: found.end, identifiedType: "IBAN" };
}

interface Characters {
  readonly characters: string;
  readonly end: number;
}

function readCharacters(text: string, start: number, length: number): Characters | undefined {
  let characters = "";
  let i = start;
  const separator = text[start + 4] ?? "";
  const grouped = separator === " " || separator === "-" || separator === "\u00a0";
  while (characters.length < length) {
    if (grouped && characters.length > 0 && characters.length % 4 === 0 && text[i] === separator)
      i++;
    const unit = text.charCodeAt(i);
    if (!isAsciiAlphanumeric(unit)) return undefined;
    characters += text[i++]!;
  }
  const inRange = length >= MIN_LENGTH && length <= MAX_LENGTH;
  return inRange && characters === characters.toUpperCase() ? { characters, end: i } : undefined;
}

function passesMod97(characters: string): boolean {
  const rotated = characters.slice(4) + characters.slice(0, 4);
  let rest = 0;
  for (let i = 0; i < rotated.length; i++) {
    const unit = rotated.charCodeAt(i);
    rest = isDigit(unit) ? (rest * 10 + unit - 0x30) % 97 : (rest * 100 + unit - 0x37) % 97;
  }
  return rest === 1;
}
