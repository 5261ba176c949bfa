import { fileURLToPath } from "node:url";
import { describeExample, startChild } from "@arcjet/conformance";

const cwd = fileURLToPath(new URL("..", import.meta.url));
describeExample("Nuxt", () => startChild({ args: ["dist/server/index.mjs"], cwd }));
