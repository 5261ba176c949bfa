// Undoes the cheap disguises before anything is compared: compatibility forms, invisible characters,
// look-alike letters, digits for letters, letters with spaces between them. What is folded is only
// compared; the message itself is never changed.

/** Look-alikes of Latin letters in Cyrillic and Greek. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: "a",
    е: "e",
    о: "o",
    р: "p",
    с: "c",
    у: "y",
    х: "x",
    і: "i",
    ѕ: "s",
    ј: "j",
    ԁ: "d",
    һ: "h",
    ո: "n",
    α: "a",
    ο: "o",
    ε: "e",
    ι: "i",
    ν: "v",
    ρ: "p",
    τ: "t",
    υ: "u",
    κ: "k",
    ı: "i",
    ł: "l",
  }),
);

/** Digits and signs that stand for letters. */
const LEET: ReadonlyMap<string, string> = new Map(
  Object.entries({
    0: "o",
    1: "i",
    3: "e",
    4: "a",
    5: "s",
    7: "t",
    "@": "a",
    $: "s",
    "!": "i",
    "|": "l",
  }),
);

/** Small capitals, which phonetic writing uses one by one and nobody in whole words. */
const SMALL_CAPITALS = new Map(
  [..."ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"].map((small, i) => [
    small,
    "abcdefghijklmnoprstuvwyz"[i] ?? small,
  ]),
);
const SMALL_CAPITAL = new RegExp(`[${[...SMALL_CAPITALS.keys()].join("")}]`, "gu");
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034f/gu;
const TAGS = /[\u{e0020}-\u{e007e}]/gu;
const TAG_BASE = 0xe0000;

/** Text in the form that is compared: lower case, without invisible characters. */
export function foldText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(TAGS, (tag) => String.fromCharCode(tag.codePointAt(0)! - TAG_BASE))
    .replace(INVISIBLE, "")
    .replace(SMALL_CAPITAL, (small) => SMALL_CAPITALS.get(small) ?? small)
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .toLowerCase();
}

/** Whether the text carries characters of the Unicode tag block, which show as nothing. */
export function hasHiddenText(text: string): boolean {
  return text.search(TAGS) >= 0;
}

/** A word with look-alikes and digits replaced by the letters they stand for. */
export function foldWord(word: string): string {
  if (/^[a-z']+$/.test(word)) return word;
  const latin = /[a-z]/.test(word);
  let folded = "";
  for (const character of word)
    folded += (latin && (LOOKALIKES.get(character) ?? LEET.get(character))) || character;
  return folded;
}
