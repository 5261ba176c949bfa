import { fileURLToPath } from "node:url";
import { describeExample, startChild } from "@arcjet/conformance";

describeExample("SvelteKit", () =>
  startChild({ args: ["dist/index.js"], cwd: fileURLToPath(new URL("..", import.meta.url)) }),
);
