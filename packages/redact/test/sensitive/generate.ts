// Texts from templates: prose in several languages, logs, code and JSON, with values of every type and
// with numbers that look alike and are none of them.
import type { BuiltInType } from "../../src/index.ts";
import { createRandom, type Random } from "./random.ts";
import { VALUES } from "./values.ts";

const TEMPLATES: Readonly<Record<BuiltInType, readonly string[]>> = {
  EMAIL: [
    "Please write to {} before Friday.",
    "Contact: {}; office hours 9-17.",
    "<{}> wrote on 2024-03-01:",
    '{"id": 17, "email": "{}", "active": true}',
    "2024-05-17T10:30:45Z INFO user {} logged in from the web",
    "const owner = '{}'; // keep",
    "Schreiben Sie bitte an {}.",
    "Écrivez à {} ou appelez-nous.",
    "Escríbeme a {}, gracias.",
    "mailto:{}?subject=Hi",
    "ご連絡は{}まで。",
    "Reach me ({}) any time!",
  ],
  PHONE_NUMBER: [
    "Call me at {} after lunch.",
    "My number is {}.",
    "Tel: {}",
    '{"phone": "{}", "type": "home"}',
    "Fax {} / office 12",
    "You can reach the desk on {}, extension 4.",
    "Rufen Sie mich unter {} an.",
    "Appelez le {} pour réserver.",
    "Llámame al {} mañana.",
    "Ligue para {} hoje.",
    "WhatsApp: {}",
    "電話: {}",
    "телефон {}",
    "She left a voicemail and said her mobile is {} now.",
    "phone={}&lang=en",
  ],
  IP_ADDRESS: [
    "Failed password for root from {} port 22 ssh2",
    '{} - - [17/May/2024:10:30:45 +0000] "GET / HTTP/1.1" 200 512',
    "ping {} gives no answer",
    '{"remote": "{}", "status": 200}',
    "The server at {} is down.",
    'bind = "{}"',
    "ssh admin@host via {} please",
    "Blockiere die Adresse {} bitte.",
    "L'adresse {} est bloquée.",
    "allow from {};",
    "client={} upstream=ok",
  ],
  CREDIT_CARD_NUMBER: [
    "My card is {}, please charge it.",
    "Card number: {} exp 12/27 cvv 123",
    '{"card": "{}", "brand": "visa"}',
    "Meine Kreditkarte: {}",
    "Ma carte bancaire est la {}.",
    "Mi tarjeta es {}",
    "paid with card {} yesterday",
    "PAN={}",
    "I gave them {} over the phone, was that wise?",
    "INFO payment card={} amount=12.00",
  ],
  IBAN: [
    "Please transfer the rent to {} today.",
    "IBAN: {}",
    '{"iban": "{}"}',
    "Bitte überweisen Sie auf {}.",
    "Virement sur {} merci",
    "account={} bic=ABCDEFGH",
  ],
  US_SSN: [
    "SSN: {}",
    "Her social security number is {}.",
    '{"ssn": "{}"}',
    "Taxpayer {} filed late.",
    "ssn={} state=NY",
  ],
  API_KEY: [
    "export TOKEN={}",
    '{"token": "{}"}',
    "Authorization: Bearer {}",
    "I pasted {} into the chat by mistake.",
    "const key = '{}';",
    "token: {}",
  ],
};

/** Nothing in these is sensitive. */
const HARMLESS: readonly string[] = [
  "Upgrade to version #.##.#.# before release.",
  "Chrome/120.0.0.0 Safari/537.36 on Linux",
  "Order 4########## was shipped on 2024-0N-1#.",
  "The meeting is on 1#.0N.2024 at 10:30.",
  "id 550e8400-e29b-41d4-a716-4466554#####",
  "commit XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
  "Population: 12,34#,56# people in 2023.",
  "Total 1 2## 3## EUR, thanks.",
  "ISBN 978-3-16-14841#-0",
  "took #.######### seconds",
  "MAC 00:1a:2b:3c:4d:XX",
  "at 52.5200#, 13.4050#",
  "[2024-05-17 10:30:45.###] DEBUG worker #### started",
  "epoch 17########, 17###########",
  "for (let i = 0; i < 100000####; i++) std::vector<int>::push(i);",
  "ratio 16:9, score 3:2, time 12:34:56",
  "https://example.com/items/12345#####?page=2",
  "icon@2x.png and icon@3x.png are missing",
  "npm i @scope/pkg@1.2.# @types/node@22",
  "follow @ada_l on the usual networks",
  "price: $1,299.00 (was $1,49#.00)",
  "row 12#### 45#### 78#### 90####",
  "tracking 1Z999AA1012345####",
  "Invoice no. 2024-000##### is due.",
  "#FF00AA and rgba(12, 34, 56, 0.7)",
  "serial 49927398####### on the back",
  "Section 4.3.2.1 of the manual",
  "seed = 0xXXXXXXXX; mask = 255.255",
  "Die Bestellnummer lautet 30######## und die Kundennummer 55#####.",
  "El pedido 6######## llegó el 03/0N/2024.",
  "La commande 20##-######## est prête.",
  "注文番号 2024-#######",
  "a[::2], b[1::-1], x::y::z",
  "pi is 3.14159265358979",
  "matrix 200 512 1024 2048 4096",
  "SKU 4006381333931 (EAN)",
  "test 100 200 3000 and 20-30-4000",
  "jobs: 12/24 done, 1/2 left, build 20240517.#",
];

/** Marked texts: `count` of them, and always the same for one seed. */
export function generateTexts(seed: number, count: number): readonly string[] {
  const random = createRandom(seed);
  const types = Object.keys(TEMPLATES) as BuiltInType[];
  return Array.from({ length: count }, (_, i) => {
    const one =
      i % 4 === 3 ? random.fill(random.pick(HARMLESS)) : marked(random, types[i % types.length]!);
    if (random.below(3) > 0) return one;
    const other =
      random.below(2) === 0
        ? random.fill(random.pick(HARMLESS))
        : marked(random, random.pick(types));
    return `${one}\n${other}`;
  });
}

function marked(random: Random, type: BuiltInType): string {
  return random.pick(TEMPLATES[type]).replace("{}", () => `⟦${type}|${VALUES[type](random)}⟧`);
}
