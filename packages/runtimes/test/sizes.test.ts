// What a package weighs in a bundle: minified, gzipped, with all it imports but Node and its framework.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { afterAll, expect, test } from "vitest";

const packages = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(join(packages, "runtimes/.report-sizes-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Bytes of the entry and the chunks it imports; what loads on demand is not part of it. */
async function sizeOf(code: string, external: readonly RegExp[]): Promise<number> {
  const input = join(directory, "entry.mjs");
  writeFileSync(input, code);
  const bundle = await rolldown({
    input,
    platform: "neutral",
    resolve: { mainFields: ["module", "main"] },
    external: [/^node:/, ...external],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, comments: false });
  const loaded = new Set([output[0].fileName]);
  for (const name of loaded)
    for (const chunk of output)
      if (chunk.type === "chunk" && chunk.fileName === name)
        for (const imported of chunk.imports) loaded.add(imported);
  const parts = output.map((chunk) =>
    chunk.type === "chunk" && loaded.has(chunk.fileName) ? chunk.code : "",
  );
  return gzipSync(parts.join("")).length;
}

const all = (path: string): string => `export * from ${JSON.stringify(join(packages, path))};`;
const NOT_OURS = /^(?!@arcjet\/)[a-z@]/;

/** Entries that must run where there is no Node. */
const EDGE = [
  ...["ip", "filter", "rate-limit", "bots", "shield", "email", "redact", "geo"].map(
    (name) => `${name}/dist/index.js`,
  ),
  "redact/dist/prompt.js",
  ...["index", "fetch", "fetch-server", "otel", "testing"].map((entry) => `core/dist/${entry}.js`),
  ...["index", "wire", "client"].map((entry) => `protocol/dist/${entry}.js`),
  "bots/dist/web-bot-auth.js",
  "rate-limit/dist/redis.js",
  "geo/dist/timezone.js",
  ...["astro", "bun", "deno", "hono", "next", "nuxt", "react-router", "sveltekit"].map(
    (adapter) => `${adapter}/dist/index.js`,
  ),
];

test.each(EDGE)("%s imports no Node built-in, at once or on demand", async (path) => {
  const builtin: string[] = [];
  const external = (id: string): boolean => {
    if (isBuiltin(id)) builtin.push(id);
    return isBuiltin(id) || /^(?!@arcjet\/)[a-z@]/.test(id);
  };
  const bundle = await rolldown({
    input: join(packages, path),
    platform: "neutral",
    external,
  });
  await bundle.generate({ format: "esm" });
  expect(builtin).toEqual([]);
});

const ADAPTERS =
  "astro bun deno express fastify hono next node nuxt react-router remix sveltekit".split(" ");

/** Bytes a package may weigh with every export used. */
const LIMITS: Readonly<Record<string, number>> = {
  ip: 6_000,
  filter: 25_000,
  "rate-limit": 8_000,
  bots: 30_000,
  shield: 43_000,
  email: 7_000,
  // Two thirds of it are phrases of prompt injection, which a bundle without that rule leaves out.
  redact: 40_000,
  // Most of it makes packs, which a Worker that only opens one leaves out.
  geo: 28_000,
  "geo-data": 8_000,
  // Its nouns are types; what speaks on the wire has entries of its own.
  protocol: 1_000,
  core: 158_000,
  ...Object.fromEntries(ADAPTERS.map((name) => [name, 158_500])),
  nest: 159_000,
  server: 170_000,
  // Each command is loaded when it is asked for.
  cli: 3_000,
};

test("every published package has a limit", () => {
  const published = readdirSync(packages).filter((folder) => {
    const manifest: unknown = JSON.parse(
      readFileSync(join(packages, folder, "package.json"), "utf8"),
    );
    return !(manifest as { readonly private?: boolean }).private;
  });
  expect(Object.keys(LIMITS).toSorted()).toEqual(published.toSorted());
});

test.each(Object.entries(LIMITS))("all of %s weighs at most %i bytes", async (name, limit) => {
  expect(await sizeOf(all(`${name}/dist/index.js`), [NOT_OURS])).toBeLessThanOrEqual(limit);
});

test("the scanner without the prompt rule weighs at most 14 kB", async () => {
  const entry = `export { createFinder } from ${JSON.stringify(join(packages, "redact/dist/index.js"))};`;
  expect(await sizeOf(entry, [NOT_OURS])).toBeLessThanOrEqual(14_000);
});

test("a Hono Worker with shield, bots, token bucket and filter weighs at most 120 kB", async () => {
  const worker = `
    import { Hono } from "hono";
    import arcjet, { detectBot, filter, shield, tokenBucket } from "@arcjet/hono";
    const aj = arcjet({
      rules: [
        shield({ mode: "LIVE" }),
        detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
        tokenBucket({ mode: "LIVE", refillRate: 5, interval: 10, capacity: 10 }),
        filter({ mode: "LIVE", deny: ["ip.src.vpn"] }),
      ],
    });
    const app = new Hono();
    app.use(aj.middleware());
    export default app;`;
  expect(await sizeOf(worker, [])).toBeLessThanOrEqual(120_000);
});
