/** Starts a server as its users do: as a process of its own, told its port by the environment. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import type { SuiteServer } from "./harness.ts";

const POLL_MS = 50;
const MAX_POLLS = 600;
const MAX_STARTS = 3;
/** How Node, Bun and Deno say that another process was faster. */
const PORT_TAKEN = /EADDRINUSE|AddrInUse/;

/** What to start, and where. */
export interface ChildServer {
  readonly command?: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the environment of this process; PORT, HOST and NODE_ENV are set in any case. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });

/** Starts a server on a free port and waits until it answers, for at most 30 seconds. */
export async function startChild(server: ChildServer): Promise<SuiteServer> {
  for (let start = 1; ; start++) {
    try {
      return await startOnce(server);
    } catch (error) {
      if (start === MAX_STARTS || !PORT_TAKEN.test(String(error))) throw error;
    }
  }
}

async function startOnce(server: ChildServer): Promise<SuiteServer> {
  const { command = process.execPath, args, cwd, env } = server;
  const port = await freePort();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env, NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (text: Buffer) => (output += String(text)));
  child.stderr.on("data", (text: Buffer) => (output += String(text)));
  const close = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  for (let poll = 0; poll < MAX_POLLS; poll++) {
    if (child.exitCode !== null)
      throw new Error(`${command} ${args.join(" ")} ended with ${child.exitCode}:\n${output}`);
    if (await answers(port)) return { port, close };
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await close();
  throw new Error(`${command} ${args.join(" ")} did not answer:\n${output}`);
}
