// What the words just before a number say it is. The window is short and fixed, so that looking back
// costs the same everywhere in the text.
import { isAsciiLetter, isUpper } from "./characters.ts";

/** UTF-16 code units looked at before a candidate. */
export const CONTEXT_LENGTH = 40;

/** What the text before a number calls it. */
export type NumberKind = "phone" | "card" | "ssn" | "version" | "reference" | undefined;

const WORDS: ReadonlyMap<string, NumberKind> = new Map(
  (
    [
      [
        "phone",
        "phone phones telephone cel tel mobile mob cell cellphone fax whatsapp sms text txt call calls called " +
          "calling ring dial reach handy telefon telefonnummer mobil mobilnummer anrufen ruf rufnummer téléphone telephone " +
          "tél portable appelez appeler teléfono telefono móvil movil celular llame llama llamar llámame " +
          "telefone telemóvel ligue telefoon mobiel bel cellulare chiama chiamare tlf puhelin telefonu " +
          "numer gsm telefonní телефон тел номер звоните мобильный msisdn phonenumber phone_number " +
          "mobile_number hotline switchboard pager signal viber rufe rufen ruft anrufe erreichbar appelle joindre " +
          "joignable llamas llamo fijo llámenos llámanos llamadme chiamami chiamaci chiamatemi chiamarmi fone celulares ligar " +
          "zadzwoń dzwoń zadzwonić dzwonić komórka komórkowy sekretariat centralino centralita conmutador contact_number contactnumber home_number work_number office_number emergency_number zentrale durchwahl zap wpp volat zavolejte telefonum arayın позвоните позвони " +
          "звони звонить сотовый моб мобильного telefonnr rufnr mobilnr bellen τηλ τηλέφωνο κινητό",
      ],
      [
        "card",
        "card cards cc visa mastercard amex discover pan karte kreditkarte kartennummer carte tarjeta cartão " +
          "carta creditcard credit debit cardnumber card_number карта карты cvv",
      ],
      ["ssn", "ssn ssns social"],
      [
        "version",
        "version versions versión versione versão ver release releases released build builds firmware " +
          "section sections chapter clause article step rev revision oid v upgrade upgraded driver kernel " +
          "patch downgrade downgraded figure table appendix paragraph abschnitt kapitel sdk assembly assemblyversion fileversion",
      ],
      [
        "reference",
        "order orders invoice invoices id ids ref reference ticket tickets isbn issn ean upc gtin sku serial " +
          "tracking account acct case part item parcel shipment transaction trace span request timestamp time epoch date " +
          "imei batch lot model patent doi order_id trace_id request_id transaction_id user_id session commit " +
          "bestellung bestellnummer rechnung rechnungsnummer kundennummer artikelnummer commande facture pedido factura faktura " +
          "ordine ordre orden encomenda zamówienie zamówienia bestelling siparişi " +
          "nhs konto konta cuenta compte conto conta rekening vorgang vorgangsnummer aktenzeichen dossier " +
          "заказ заказа счёт référence réf série referencia expediente serie código referência processo série riferimento " +
          "codice pratica contract contrat contrato contratto contratti vertrag policy iban bic umowy договор договора артикул hash checksum coordinates lat lon latitude longitude pos position size bytes offset",
      ],
    ] as const
  ).flatMap(([kind, words]) => words.split(" ").map((word) => [word, kind] as const)),
);

/** Scripts that write without spaces, and those of the words below, come after Cyrillic. */
const FIRST_SCRIPT = 0x530;

const SCRIPTS: readonly (readonly [NumberKind, readonly string[]])[] = [
  [
    "phone",
    [
      "电话",
      "電話",
      "手机",
      "手機",
      "携帯",
      "전화",
      "휴대폰",
      "هاتف",
      "الهاتف",
      "טלפון",
      "फ़ोन",
      "फोन",
      "โทร",
      "拨打",
      "致电",
      "手提",
      "热线",
      "熱線",
      "연락처",
      "대표번호",
      "핸드폰",
      "جوال",
      "נייד",
      "मोबाइल",
    ],
  ],
  ["card", ["卡号", "カード", "信用卡", "카드"]],
  ["reference", ["订单", "注文", "単号", "单号", "單號", "编号", "番号", "주문", "번호"]],
];

/** The kind named last before `start`, in the same line; undefined when no word tells. */
export function kindBefore(text: string, from: number): NumberKind {
  const limit = Math.max(0, from - CONTEXT_LENGTH);
  let end = from;
  while (end > limit) {
    const last = lastLetter(text, end, end - limit);
    if (last < 0) return undefined;
    const start = wordStart(text, last);
    const kind = mayTell(text, start, last) ? kindOfWord(text, start, last, from) : undefined;
    if (kind) return kind;
    end = start;
  }
  return undefined;
}

function kindOfWord(text: string, start: number, end: number, from: number): NumberKind {
  const written = text.slice(start, end);
  const word = written.toLowerCase();
  return (NUMBERS.has(word) && numberOf(text, start, end, from)) || kindOf(word, written);
}

const NUMBERS: ReadonlySet<string> = new Set(
  "number no nummer numero número numéro numer номер".split(" "),
);
const POSSESSIVES: ReadonlySet<string> = new Set(
  (
    "my our your his her their mein meine meiner meinen unsere deine ihre mon notre votre son mi nuestro tu su meu minha " +
    "nosso seu mio nostro tuo suo mijn ons onze mój moj nasz min mitt mit мой наш ваш"
  ).split(" "),
);

const ENGLISH: ReadonlySet<string> = new Set(["number", "no"]);
/** Words before "number" that do not tell what it is the number of, or that people are called by. */
const NEUTRAL: ReadonlySet<string> = new Set(
  (
    "the a an this that new old other same local correct wrong right best following another direct main contact office " +
    "home work business emergency landline helpline support service help free reception daytime evening alternate " +
    "alternative personal private international national valid at on to is was are there or and"
  ).split(" "),
);
const ROMANCE: ReadonlySet<string> = new Set(["numero", "número", "numéro"]);
/** What follows "numéro" when it is one that is called: "numéro vert", "número de contacto". */
const CALLED =
  /^(?:[\s:=]|d[eiuo]l?\b|d'|est\b|es\b|è|é\b)*($|ver[td]|direct|dirett|unique|[uú]nic|gratui|d?.?urgence|emergen|contact|contatt|fi[sj]s?[oe]|fixe|nuovo|nuevo|novo)/i;

/**
 * "My number is", "il mio numero è": a person's number is that of a phone. A "policy number" and a
 * "numéro client" are those of something else.
 */
function numberOf(text: string, start: number, end: number, from: number): NumberKind {
  const owner = wordBefore(text, start, 2);
  if (owner && POSSESSIVES.has(owner.word)) return "phone";
  const word = text.slice(start, end).toLowerCase();
  const between = text.slice(end, from);
  if (ROMANCE.has(word)) {
    const called = CALLED.exec(between);
    if (!called?.[1]) return called ? undefined : "reference";
    return "phone";
  }
  if (!owner || !ENGLISH.has(word) || NEUTRAL.has(owner.word) || /\p{L}/u.test(between))
    return undefined;
  return kindOf(owner.word, owner.word) ?? kindOfPair(text, owner) ?? "reference";
}

/** "Social security number". */
function kindOfPair(text: string, { start }: Word): NumberKind {
  const first = wordBefore(text, start, 2)?.word ?? "";
  const kind = kindOf(first, first);
  return kind === "ssn" || kind === "card" ? kind : undefined;
}

/** A word in lower case, and where it starts. */
export interface Word {
  readonly word: string;
  readonly start: number;
}

/** The word that ends before `end`, at most `maxGap` characters away and in the same line. */
export function wordBefore(text: string, end: number, maxGap: number): Word | undefined {
  const last = lastLetter(text, end, maxGap);
  if (last < 0) return undefined;
  const start = wordStart(text, last);
  return start === last ? undefined : { word: text.slice(start, last).toLowerCase(), start };
}

/** Behind the last letter before `end`; -1 when there is none near in the same line. */
function lastLetter(text: string, end: number, maxGap: number): number {
  let last = end;
  while (last > 0 && !isLetter(text.charCodeAt(last - 1))) {
    last--;
    if (end - last > maxGap || text.charCodeAt(last) === NEWLINE) return -1;
  }
  return last === 0 ? -1 : last;
}

function wordStart(text: string, last: number): number {
  let start = last;
  while (start > 0 && last - start < MAX_WORD && isLetter(text.charCodeAt(start - 1))) start--;
  return start;
}

const MAX_WORD = 40;
const NEWLINE = 0x0a;

/** A letter of any script or "_"; beyond Latin and Cyrillic punctuation is rare enough to count too. */
function isLetter(unit: number): boolean {
  return (
    isAsciiLetter(unit) || unit === 0x5f || (unit > 0xbf && !(unit >= 0x2000 && unit <= 0x206f))
  );
}

/** By the first letter, the lengths of the words that tell, as bits. */
const LENGTHS = buildLengths();

function buildLengths(): Int32Array {
  const lengths = new Int32Array(128);
  for (const word of [...WORDS.keys(), ...NUMBERS]) {
    const unit = word.charCodeAt(0);
    if (unit < 128) lengths[unit]! |= 1 << word.length;
  }
  return lengths;
}

/** Words of this length may be compounds without "_". */
const MIN_COMPOUND = 6;
const UNDERSCORE = 0x5f;

/** Whether a word is worth looking up: most are not, by their first letter and their length. */
function mayTell(text: string, start: number, end: number): boolean {
  const length = end - start;
  const unit = text.charCodeAt(start);
  if (length >= MIN_COMPOUND || unit > 127) return true;
  if (((LENGTHS[unit]! | LENGTHS[unit | 32]!) & (1 << length)) !== 0) return true;
  for (let i = start; i < end; i++) if (text.charCodeAt(i) === UNDERSCORE) return true;
  return false;
}

function kindOf(word: string, written: string): NumberKind {
  return WORDS.get(word) ?? kindOfPart(word, written);
}

/** What a name ends with that something is told by: `customerNumber`. */
const NAMES: ReadonlySet<string> = new Set("number no num nr code key".split(" "));

/** `orderId` has two parts; a name in capitals or beginning with one has none. */
const HUMP = /(?<=[a-z])(?=[A-Z])/;

function partsOf(word: string, written: string): readonly string[] {
  if (word.includes("_")) return word.split("_");
  for (let i = 1; i < written.length; i++)
    if (isUpper(written.charCodeAt(i))) return written.split(HUMP);
  return [];
}

/** "Vertragsnummer", "klantnummer": the number of something; and of these those that are no reference. */
const NUMBER_OF = /[a-zäöåæø]{3}(?:nummer|nr)$/;
const PHONE_NUMBER = /^(?:telef|handy|mobil|fax|notruf|ruf|durchwahl)/;

/** Compound names such as `homePhone` or `billing_order_id`, and scripts without spaces. */
function kindOfPart(word: string, written: string): NumberKind {
  const parts = partsOf(word, written);
  for (let i = parts.length - 1; i >= 0; i--) {
    const kind = WORDS.get(parts[i]!.toLowerCase());
    if (kind) return kind;
  }
  if (word.endsWith("phone") || word.endsWith("mobile")) return "phone";
  if (parts.length > 1 && NAMES.has(parts.at(-1)!.toLowerCase())) return "reference";
  if (NUMBER_OF.test(word)) return PHONE_NUMBER.test(word) ? "phone" : "reference";
  if (word.charCodeAt(0) < FIRST_SCRIPT) return undefined;
  return SCRIPTS.find(([, names]) => names.some((name) => word.includes(name)))?.[0];
}
