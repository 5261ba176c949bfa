// Imports point one way. A package may depend only on packages named in its row, and on nothing undeclared.
import { globSync, readFileSync } from "node:fs";

const capabilities = [
  "ip",
  "filter",
  "rate-limit",
  "bots",
  "shield",
  "email",
  "redact",
  "geo",
  "protocol",
];
const adapters = [
  "express",
  "fastify",
  "next",
  "hono",
  "node",
  "bun",
  "deno",
  "sveltekit",
  "nuxt",
  "remix",
  "react-router",
  "astro",
  "nest",
];
const below = {
  ip: [],
  filter: ["ip"],
  "rate-limit": [],
  bots: ["ip"],
  shield: [],
  email: [],
  redact: [],
  geo: ["ip", "bots"],
  "geo-data": ["geo", "ip"],
  protocol: ["ip"],
  core: capabilities,
  server: ["core", "geo-data", ...capabilities],
  cli: ["server", "core", "geo-data", "node", ...capabilities],
  ...Object.fromEntries(adapters.map((name) => [name, ["core"]])),
};

const wrong = [];
for (const file of globSync("packages/*/package.json")) {
  const {
    name,
    private: internal,
    dependencies = {},
    peerDependencies = {},
  } = JSON.parse(readFileSync(file, "utf8"));
  if (internal) continue;
  const allowed = below[name.replace("@arcjet/", "")];
  if (!allowed) wrong.push(`${name} has no row in .ci/layers.mjs`);
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (!dependency.startsWith("@arcjet/")) continue;
    if (!allowed?.includes(dependency.slice("@arcjet/".length)))
      wrong.push(`${name} must not depend on ${dependency}`);
  }
}
for (const file of globSync("packages/*/src/**/*.ts")) {
  if (/\.(test|bench|soak|test-d)\.ts$/.test(file) || file.includes("/gen/")) continue;
  const own = JSON.parse(readFileSync(`${file.split("/src/")[0]}/package.json`, "utf8"));
  const declared = new Set(
    Object.keys({
      ...own.dependencies,
      ...own.peerDependencies,
      ...(own.private ? own.devDependencies : {}),
    }),
  );
  for (const [, name] of readFileSync(file, "utf8").matchAll(
    /^(?:import|export)[^"';]*?from "(@arcjet\/[a-z-]+)/gm,
  ))
    if (!declared.has(name) && name !== own.name)
      wrong.push(`${file} imports ${name}, which its package.json does not declare`);
}
for (const line of wrong) console.error(line);
process.exit(wrong.length > 0 ? 1 : 0);
