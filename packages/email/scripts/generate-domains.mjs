// Compiles the domain lists of two permissively licensed npm packages into modules that load on demand:
// disposable-email-domains-js (CC0-1.0) and free-email-domains (MIT). The second contains the first,
// so a free domain is one that is not disposable, nor below a domain that is.
import { createRequire } from "node:module";
import { mkdirSync, writeFileSync } from "node:fs";

const MIN_DISPOSABLE = 5_000;
const MIN_FREE = 3_000;

const require = createRequire(import.meta.url);
const read = (names, least, list) => {
  const domains = [...new Set(names.map((name) => name.trim().toLowerCase()))]
    .filter((name) => /^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/.test(name))
    .sort();
  if (domains.length < least)
    throw new Error(`${list}: ${domains.length} domains, expected ${least}`);
  return domains;
};

const disposable = read(
  require("disposable-email-domains-js").disposableEmailBlocklist(),
  MIN_DISPOSABLE,
  "disposable",
);
const listed = new Set(disposable);
const isDisposable = (domain) => {
  const labels = domain.split(".");
  return labels.some((_, i) => i < labels.length - 1 && listed.has(labels.slice(i).join(".")));
};
const free = read(
  require("free-email-domains").filter((name) => !isDisposable(name)),
  MIN_FREE,
  "free",
);

const write = (name, domains) =>
  writeFileSync(
    new URL(`../src/gen/${name}.ts`, import.meta.url),
    `/** One domain a line, sorted. */\nexport const domains: string =\n  ${JSON.stringify(domains.join("\n"))};\n`,
  );
mkdirSync(new URL("../src/gen/", import.meta.url), { recursive: true });
write("disposable", disposable);
write("free", free);
