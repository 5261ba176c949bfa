import { fileURLToPath } from "node:url";
import { describeExample, startChild } from "@arcjet/conformance";

const cwd = fileURLToPath(new URL("..", import.meta.url));
describeExample("Remix", () => startChild({ args: ["server.ts"], cwd }));
