import { defineConfig } from "vitest/config";

// One configuration for every package: tests read sources through the `@arcjet/source` condition.
const conditions = ["@arcjet/source"];

export default defineConfig({
  resolve: { conditions: [...conditions, "module", "node", "development|production"] },
  ssr: {
    resolve: {
      conditions: [...conditions, "module", "node", "development|production"],
      externalConditions: [...conditions, "node"],
    },
  },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: false,
    reporters: ["default", ["json", { outputFile: ".report/tests.json" }]],
  },
});
