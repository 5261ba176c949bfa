// Perl, Ruby and Python that a server would run.
import { firstHit, type Detector, type Hit } from "./detector.ts";

const patterns: readonly (readonly [RegExp, number])[] = [
  [
    /\bprocess\s?\.\s?spawn\s?\(|\bio\.popen\s?\(|\bkernel\.(?:exec|system|open|`)|\bopen3\.|\bopen\s?\(?\s?["']\|/,
    5,
  ],
  [
    /\b__import__\s?\(|\bos\.(?:system|popen|exec\w{0,3})\s?\(|\bsubprocess\.(?:popen|call|run|check_output)\s?\(|\beval\s?\(\s?compile\s?\(|\b__builtins__\b|\b__globals__\b|\b__subclasses__\b|\bpickle\.loads\s?\(/,
    5,
  ],
  [/(?:^|[\s({])cos\nsystem\n|!!python\/|!ruby\/(?:object|hash)|!!binary/, 5],
  [/\bqx[{(/]|\bexec\s?["'][^"']{1,64}["']\s?;/, 5],
];

export const script: Detector = {
  name: "script",
  keywords:
    "@{|spawn|popen|kernel.|open3|open(|open \"|open '|__|os.system|os.popen|os.exec|subprocess|compile|pickle|cos\n|!!|!ruby|qx|exec \"|exec '".split(
      "|",
    ),
  inSegments: false,
  detect: ({ lower }) => interpolated(lower) ?? firstHit(lower, patterns),
};

/** Characters of an interpolated list that are read. */
const LIST_WINDOW = 512;

/** Perl's `@{[ … ]}`, which runs what is inside. */
function interpolated(lower: string): Hit | undefined {
  const start = lower.search(/@\{\s?\[/);
  if (start < 0) return undefined;
  const length = lower.slice(start, start + LIST_WINDOW).search(/\]\s?\}/);
  return length < 0 ? undefined : { score: 5, start, end: start + length + 2 };
}
