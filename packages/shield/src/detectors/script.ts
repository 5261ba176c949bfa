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
  // an object of Ruby's Marshal, a pickle of Python's, in base64
  [/^bahv[a-z][a-z0-9+/]{6}|^ga[sw]v[a-z0-9+/]{2}[a-z0-9+/]{0,4}aaaa/, 5],
  [/\bqx[{(/]|\bexec\s?["'][^"']{1,64}["']\s?;/, 5],
];

/** Calls as a whole value, where no text is expected. */
const wholes: readonly (readonly [RegExp, number])[] = [
  [
    /\bprocess\.spawn\b|\b(?:io|file|dir|kernel|open3)\.(?:read|open|popen|glob|exec|system|capture\w{1,4})\b|%x[({[]|#\{\s?(?:`|%x|system|exec|file\.|io\.)/,
    5,
  ],
  [
    /^\W{0,4}import\s{1,4}(?:os|sys|subprocess|socket|pty)\b|\b(?:yaml|pickle|marshal)\.(?:load|loads|unsafe_load)\s?\(|\bgetattr\s?\(|\bcompile\s?\(\s?["']|\bexec\s?\(\s?["']|\bopen\s?\(\s?["'][/.~]/,
    5,
  ],
  [/\.__(?:class|base|bases|mro|subclasses|globals|builtins|init|dict)__\b/, 5],
];

export const script: Detector = {
  name: "script",
  keywords:
    "process.|file.|dir.|io.|%x|#{|import |yaml.|marshal.|getattr|exec(|@{|spawn|popen|kernel.|open3|open(|open \"|open '|__|os.system|os.popen|os.exec|subprocess|compile|pickle|cos\n|!!|!ruby|bahv|gasv|gawv|qx|exec \"|exec '".split(
      "|",
    ),
  detect(value) {
    const hit = interpolated(value.lower) ?? firstHit(value.lower, patterns);
    return hit ?? (value.isTerse ? firstHit(value.lower, wholes) : undefined);
  },
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
