// Random expressions on random requests, put to the official engine as well: both must refuse the same
// expressions and say the same of the others. `node src/official.soak.ts [count] [seed]`
import { matchFilters } from "@arcjet/analyze";
import { compile } from "./filter.ts";
import type { FilterRequest } from "./request.ts";

const COUNT = Number(process.argv[2] ?? 2_000);
let seed = Number(process.argv[3] ?? 1);
const random = (below: number) => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
const many = (most: number, make: () => string, between = "") =>
  Array.from({ length: random(most + 1) }, make).join(between);

const CHARS = [..."aabbAB01 =&;%+?#,.\n\té", "É", "日", "😀", "\u00a0", "\ufeff", "σ", "\u212a"];
const text = (most = 4) => many(most, () => pick(CHARS));
const quoted = () => `"${text()}"`;
const literal = () =>
  pick([quoted, quoted, () => `r#"${text()}"#`, () => "61:62", () => '"\\xc3"', () => '"\\101"'])();
const KEYS = ["a", "b", "é", "a b", "", "user-agent"];
const maps = ["http.request.headers", "http.request.cookie", "http.request.uri.args", "local"];
const value = (): string =>
  pick([
    () => pick(["http.host", "http.request.method", "http.request.uri.path", "ip.src.country"]),
    () => `${pick(maps)}["${pick(KEYS)}"]`,
    () => `${pick(["lower", "upper"])}(${value()})`,
    () => `${pick(["lower", "upper"])}(${pick(maps)}[*])[${random(3)}]`,
  ])();

const LITERALS = ["a", "b", "A", "é", "ß", "\\n", "\\x41", "\\xc3", "\\x{e9}", "\\u212a", "-", "_"];
const SETS = ["a-c", "\\d", "\\W", "[:alpha:]", "[:^digit:]", "^b", "&&", "--", "~~", "é", "[^a]"];
const PROPERTIES = ["\\pL", "\\p{Greek}", "\\P{Lu}", "\\p{sc=Latin}", "\\p{White_Space}"];
const CONDITIONS = ["^", "$", "\\b", "\\B", "\\A", "\\z", "\\<", "\\b{end}", "\\b{start-half}"];
const FLAGS = ["i", "m", "s", "x", "u", "iu", "mR", "-u", "U", "s-i"];
const atom = (depth: number): string =>
  pick([
    () => pick(LITERALS),
    () => pick([".", "\\w", "\\D", "\\s"]),
    () => `[${many(4, () => pick([...LITERALS, ...SETS]))}]`,
    () => pick(PROPERTIES),
    () => pick(CONDITIONS),
    () =>
      depth > 0
        ? `${pick(["(", "(?:", `(?${pick(FLAGS)}:`])}${pattern(depth - 1)})`
        : pick(LITERALS),
  ])();
const pattern = (depth = 2): string =>
  many(
    5,
    () =>
      `${pick(["", "", "", "|", `(?${pick(FLAGS)})`])}${atom(depth)}${pick(["", "", "*", "+?", "?", "{2}", "{1,3}", "{0,}"])}`,
  );

const blank = () => pick([" ", " ", " ", " ", "", "\n"]);
const compared = () =>
  pick([
    () => `${value()} ${pick(["eq", "!=", "lt", ">="])}${blank()}${literal()}`,
    () => `${value()} in${blank()}{${many(3, literal, blank())}}`,
    () => `${value()} contains${blank()}${literal()}`,
    () =>
      `${value()} ${pick(["wildcard", "strict wildcard"])} r"${many(4, () => pick(["a", "*", "B", "\\*", "é"]))}"`,
    () => `${value()} matches r"${pick(["", "(?u)", "(?iu)"])}${pattern()}"`,
    () => `${value()} ~ "${pattern()}"`,
    () => `len(${value()}) ${pick(["gt", "==", "&"])} ${pick(["0", "2", "0x3", "07", "-1"])}`,
    () => `ip.src ${pick(["eq", "lt", "ne"])} ${pick(["1.2.3.4", "::1", "1.2.3"])}`,
    () =>
      `ip.src in {${many(3, () => pick(["10/8", "1.2.3.4", "::/1", "1.2.3.0..1.2.3.9"]), " ")}}`,
    () => `ip.src.${pick(["vpn", "tor"])}`,
  ])();
const expression = (depth = 2): string =>
  depth === 0
    ? compared()
    : pick([
        compared,
        () =>
          `${expression(depth - 1)}${blank()}${pick(["and", "or", "xor", "&&"])}${blank()}${expression(depth - 1)}`,
        () => `${pick(["not", "!"])}${blank()}${expression(depth - 1)}`,
        () => `(${blank()}${expression(depth - 1)}${blank()})`,
      ])();

const entries = (most: number) =>
  Object.fromEntries(Array.from({ length: random(most + 1) }, () => [pick(KEYS), text()]));

function randomRequest() {
  const headers = Object.fromEntries(Object.entries(entries(3)).filter(([name]) => name !== ""));
  const query = pick([
    "",
    `?${many(4, () => pick(["a=1", "a", "b=%C3%A9", "a=+%zz", "%61=2", "=b"]), "&")}`,
  ]);
  const cookies = many(4, () => pick(["a=1", " b = 2 ", "a", "=x", "é=%41"]), ";");
  const request = { ip: pick(["1.2.3.4", "::1", "", "1.2.3"]), method: pick(["GET", text()]) };
  return {
    ...request,
    protocol: "https:",
    host: text(),
    path: `/${text()}`,
    query,
    cookies,
    headers,
  };
}

function withReader({ headers, ...rest }: ReturnType<typeof randomRequest>): FilterRequest {
  const reader = {
    get: (name: string) => headers[name],
    values: () => [],
    entries: () => Object.entries(headers),
  };
  return { ...rest, target: rest.path, canonicalPath: rest.path, headers: reader };
}

const context = {
  log: { debug() {}, info() {}, warn() {}, error() {} },
  characteristics: [],
} as never; // The official function asks for a whole logger and uses none of it here.

/** Only our own mistakes are TypeErrors; the official engine throws plain errors. */
function failed(cause: unknown): "refused" {
  if (cause instanceof TypeError) throw cause;
  return "refused";
}

let refused = 0;
for (let i = 0; i < COUNT; i++) {
  const [source, request, local] = [expression(), randomRequest(), entries(3)];
  const theirs = await matchFilters(context, request, JSON.stringify(local), [source], true).then(
    (result) =>
      result.matchedExpressions.length > 0
        ? true
        : result.undeterminedExpressions.length > 0
          ? undefined
          : false,
    failed,
  );
  let ours: boolean | undefined | "refused";
  try {
    ours = compile(source).evaluate(withReader(request), local).values[0];
  } catch (cause) {
    ours = failed(cause);
  }
  if (theirs === "refused") refused++;
  if (ours === theirs) continue;
  console.error(JSON.stringify({ source, request, local, ours, theirs }));
  process.exitCode = 1;
}
console.log(`${COUNT} expressions, ${refused} of them refused, compared with the official engine`);
