// Random expressions on random requests: nothing but a FilterError may be thrown when compiling,
// nothing at all when evaluating, and no evaluation may take long. `node src/filter.soak.ts [count] [seed]`
import { expr } from "./expr.ts";
import { FilterError } from "./error.ts";
import { explain } from "./explain.ts";
import { compile } from "./filter.ts";
import { format } from "./format.ts";
import { parse } from "./parser.ts";
import { MAX_TEXT, type FilterRequest } from "./request.ts";
import { FIELDS, FUNCTIONS, OPERATORS } from "./scheme.ts";

const COUNT = Number(process.argv[2] ?? 100_000);
const LIMIT_MS = 10;
const REPEATS = 5;
let seed = Number(process.argv[3] ?? 1);
const random = (below: number) => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
const times = (most: number, make: () => string) =>
  Array.from({ length: random(most + 1) }, make).join("");

const CHARS = [
  ..."aAbB019 .*+?|()[]{}\\^$\"'-_/%=&;,#<>!~@\n\t\0é日",
  "😀",
  "\ud800",
  "\ufeff",
  "\u0085",
];
const text = (most: number) => times(most, () => pick(CHARS));
const names = [...FIELDS.keys(), ...FUNCTIONS.keys(), "any", "all", "nonsense"];
const piece = () =>
  pick([
    () => pick(names),
    () => pick(OPERATORS)[0],
    () => pick(["and", "or", "xor", "not", "&&", "||", "^^", "!"]),
    () => pick(["(", ")", "[", "]", "{", "}", "[*]", '["a"]', "[0]", ",", "$list", ".."]),
    () => pick(["1", "0x1f", "1.2.3.4", "::1", "10/8", "47:45", "-1"]),
    () => `"${text(6)}"`,
    () => text(3),
  ])();
const pattern = () =>
  times(10, () =>
    pick([
      "a",
      "b",
      ".",
      "\\w",
      "[^a]",
      "(?:a|b)",
      "(a*)*",
      "a+",
      "{2,9}",
      "+",
      "*",
      "|",
      "^",
      "$",
      "\\b",
      "(?i)",
      "é",
    ]),
  );
const value = () =>
  pick([
    "http.host",
    "http.request.uri.path",
    'lower(local["v"])',
    'http.request.uri.args["a"]',
    'concat(http.host, "x", local["v"])',
  ]);
const sound = (): string =>
  pick([
    () =>
      `${value()} ${pick(["eq", "ne", "lt", "ge", "contains", "wildcard"])} "a${times(3, () => pick(["b", "*b", "é"]))}"`,
    () => `${value()} matches r"${pattern()}"`,
    () => expr`http.host in ${[text(5), text(5)]}`,
    () => `len(${value()}) in {1 ${random(9)}..9}`,
    () => `any(http.request.headers[*] matches r"${pattern()}")`,
    () => pick(["ip.src.vpn", "ip.src in {10/8 ::/3}", 'exists(local["v"])', "ip.src.asnum gt 3"]),
    () => `(${sound()}) ${pick(["and", "or", "xor"])} ${sound()}`,
    () => `not (${sound()})`,
  ])();

/** Now and then as long as is read, in all ways of being tedious. */
const long = (usual: number, ...units: readonly string[]) =>
  random(200) > 0
    ? text(usual)
    : pick([...units, text(9), "ab", "é"])
        .repeat(MAX_TEXT)
        .slice(0, MAX_TEXT - random(2));

function randomRequest(): FilterRequest {
  const headers: Record<string, string> = {
    a: long(300),
    "user-agent": text(300),
    b: "ab".repeat(random(2_000)),
  };
  const path = `/${long(100, "/..")}`;
  return {
    ip: pick(["1.2.3.4", "::1", "", text(10)]),
    method: pick(["GET", "", text(5)]),
    protocol: "https:",
    host: text(300),
    path,
    query: long(300, "a&", "a=%e9&", "%C3", "%", "&=", "a=b+"),
    cookies: long(300, "a=;", "a=b; ", " ;"),
    canonicalPath: path,
    target: path,
    headers: {
      get: (name) => headers[name],
      values: () => [],
      entries: () => Object.entries(headers),
    },
  };
}

let [compiled, slowest, slow] = [0, 0, ""];
for (let i = 0; i < COUNT; i++) {
  const expression = random(3) === 0 ? times(12, () => `${piece()} `) : sound();
  try {
    const filter = compile(expression);
    compiled++;
    const [request, local] = [randomRequest(), { v: text(300) }];
    const start = performance.now();
    const { values } = filter.evaluate(
      request,
      local,
      random(2) ? { asn: "4", isVpn: true } : undefined,
    );
    let took = performance.now() - start;
    // A pause of the machine is not the engine's: what is slow must be slow again and again.
    for (let again = 0; took > LIMIT_MS && again < REPEATS; again++) {
      const restart = performance.now();
      filter.evaluate(request, local);
      took = Math.min(took, performance.now() - restart);
    }
    if (took > slowest) [slowest, slow] = [took, expression];
    if (i % 10 === 0) {
      const formatted = format(parse(expression));
      if (formatted !== format(parse(formatted)))
        throw new Error(`formats differently: ${expression}`);
      if (
        explain(expression, request, { local }).value !== filter.evaluate(request, local).values[0]
      )
        throw new Error(`explains differently: ${expression} ${values[0]}`);
    }
  } catch (error) {
    if (error instanceof FilterError) continue;
    console.error(JSON.stringify(expression));
    throw error;
  }
}
console.log(
  `${COUNT} expressions, ${compiled} compiled, slowest evaluation ${slowest.toFixed(2)} ms: ${slow}`,
);
if (slowest > LIMIT_MS) process.exitCode = 1;
