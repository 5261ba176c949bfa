export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  telemetry: false,
  nitro: {
    preset: "node-listener",
    // Vitest asks for development files, which a production build does not bring along.
    noExternals: true,
    output: { dir: "../../node_modules/.fixture" },
  },
  routeRules: { "/page": { isr: true } },
});
