import node from "@astrojs/node";
import { defineConfig } from "astro/config";
import { arcjetIntegration } from "../../src/index.ts";

export default defineConfig({
  output: "server",
  outDir: "../../node_modules/.fixture",
  adapter: node({ mode: "middleware" }),
  integrations: [arcjetIntegration(new URL("src/arcjet.ts", import.meta.url))],
});
