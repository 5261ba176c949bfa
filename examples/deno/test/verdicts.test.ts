import { fileURLToPath } from "node:url";
import { describeExample, startChild } from "@arcjet/conformance";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const command = fileURLToPath(new URL("../node_modules/deno/deno", import.meta.url));
describeExample("Deno", () =>
  startChild({
    command,
    args: ["run", "--allow-net", "--allow-env", "--allow-read", "server.ts"],
    cwd,
  }),
);
