import { fileURLToPath } from "node:url";
import { describeExample, startChild } from "@arcjet/conformance";

describeExample("Nest", () =>
  startChild({ args: ["dist/main.js"], cwd: fileURLToPath(new URL("..", import.meta.url)) }),
);
