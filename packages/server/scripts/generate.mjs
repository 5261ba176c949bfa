// Builds what the dashboard's pages load in the browser, one script and one stylesheet, into a module of texts.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { rolldown } from "rolldown";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const bundle = await rolldown({
  input: "src/dashboard/browser/main.ts",
  platform: "browser",
});
const { output } = await bundle.generate({ format: "iife", minify: true });
const uplot = readFileSync(
  createRequire(import.meta.url).resolve("uplot/dist/uPlot.min.css"),
  "utf8",
);
const banner = "/*! uPlot, MIT licence, https://github.com/leeoniya/uPlot */\n";
// Narrow last: it takes back what the others say.
const css = ["base", "parts", "charts", "pages", "narrow"].map((name) =>
  read(`../src/dashboard/style/${name}.css`),
);

const assets = {
  script: {
    name: "dashboard.js",
    type: "text/javascript; charset=utf-8",
    text: banner + output[0].code,
  },
  style: {
    name: "dashboard.css",
    type: "text/css; charset=utf-8",
    text: banner + uplot + css.join(""),
  },
};
const lines = Object.entries(assets).map(([key, { name, type, text }]) => {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const path = `/assets/${name.replace(".", `-${hash}.`)}`;
  return `export const ${key} = ${JSON.stringify({ path, type, text })};\n`;
});
mkdirSync("src/gen", { recursive: true });
writeFileSync("src/gen/assets.ts", lines.join(""));
