import { fileURLToPath } from "node:url";
import { describeExample, startChild } from "@arcjet/conformance";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const command = fileURLToPath(new URL("../node_modules/.bin/bun", import.meta.url));
describeExample("Bun", () => startChild({ command, args: ["server.ts"], cwd }));
