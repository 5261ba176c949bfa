import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { describeExample } from "@arcjet/conformance";

const dir = fileURLToPath(new URL("..", import.meta.url));

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

describeExample("Next.js", async () => {
  const port = await freePort();
  const cli = fileURLToPath(new URL("../node_modules/next/dist/bin/next", import.meta.url));
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, [cli, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: dir,
    env,
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (text: Buffer) => String(text).includes("Ready") && resolve());
    child.once("exit", (code) => reject(new Error(`next start ended with ${code}`)));
  });
  return {
    port,
    close: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await gone;
    },
  };
});
