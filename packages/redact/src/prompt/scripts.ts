// Scripts that are not split into words here: the same commands as pairs of words close to each other.

/** UTF-16 code units between the words of a pair. */
const REACH = 24;
const WEIGHT = 0.7;

type Pair = readonly [first: readonly string[], second: readonly string[]];

const PAIRS: readonly Pair[] = [
  [
    ["忽略", "无视", "無視", "忘记", "忘記", "不要遵守", "不要遵循"],
    ["指令", "指示", "提示", "规则", "規則", "命令", "说明", "設定", "设定"],
  ],
  [
    ["显示", "显示你", "顯示", "输出", "輸出", "告诉我", "告訴我", "重复", "打印", "透露"],
    ["系统提示", "系統提示", "系统指令", "初始指令", "提示词", "提示詞"],
  ],
  [
    ["指示", "命令", "ルール", "プロンプト", "指令", "設定"],
    ["無視", "忘れて", "破って", "従わないで"],
  ],
  [
    ["システムプロンプト", "内部の指示", "初期指示"],
    ["教えて", "表示", "出力", "見せて", "開示"],
  ],
  [
    ["지시", "명령", "규칙", "프롬프트", "지침"],
    ["무시", "잊어", "따르지"],
  ],
  [
    ["시스템 프롬프트", "시스템 메시지"],
    ["보여", "알려", "출력", "공개"],
  ],
  [
    ["تجاهل", "انس", "تجاهلي"],
    ["التعليمات", "الأوامر", "القواعد", "تعليماتك"],
  ],
  [
    ["अनदेखा", "नज़रअंदाज़", "भूल जाओ", "नजरअंदाज"],
    ["निर्देश", "नियम"],
  ],
  [
    ["निर्देश", "नियम"],
    ["अनदेखा", "नज़रअंदाज़", "भूल जा", "नजरअंदाज"],
  ],
  [
    ["התעלם", "תתעלם", "שכח"],
    ["הוראות", "ההוראות", "הנחיות", "ההנחיות"],
  ],
  [
    ["talimatları", "talimatlarını", "kuralları", "komutları"],
    ["yok say", "görmezden gel", "unut"],
  ],
  [
    ["bỏ qua", "hãy quên", "phớt lờ"],
    ["hướng dẫn", "chỉ dẫn", "chỉ thị", "quy tắc"],
  ],
  [
    ["เพิกเฉย", "ละเว้น", "ลืม"],
    ["คำสั่ง", "คำแนะนำ", "กฎ"],
  ],
  [
    ["abaikan", "lupakan"],
    ["instruksi", "perintah", "aturan"],
  ],
];

/** How strongly a folded message commands in one of these scripts. */
export function scriptWeight(folded: string): number {
  return PAIRS.some((pair) => hasPair(folded, pair)) ? WEIGHT : 0;
}

function hasPair(text: string, [first, second]: Pair): boolean {
  return first.some((word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const near = text.slice(at + word.length, at + word.length + REACH);
      if (second.some((other) => near.includes(other))) return true;
    }
    return false;
  });
}
