// Programs of others that a test starts, where they are installed, and ends.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { newPath } from "./harness.ts";

const processes: ChildProcess[] = [];

/** Whether there is a command of this name. */
export function isInstalled(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  // A server that listens on TCP has an address with a port.
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Ends all that were started. */
export async function endProcesses(): Promise<void> {
  for (const child of processes.splice(0)) await end(child);
}

/** Starts a program, and waits until it has written what matches. */
async function startProgram(
  command: string,
  args: readonly string[],
  ready: RegExp,
): Promise<ChildProcess> {
  const cwd = await newPath("");
  // Programs such as Caddy keep files in the folders of their user.
  const env = { ...process.env, HOME: cwd, XDG_DATA_HOME: cwd, XDG_CONFIG_HOME: cwd };
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  processes.push(child);
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (text: unknown): void => {
      said += String(text);
      if (ready.test(said)) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`${command} ended: ${said}`)));
  });
  return child;
}

export function startRedis(port: number): Promise<ChildProcess> {
  const args = ["--port", String(port), "--save", "", "--appendonly", "no"];
  return startProgram("redis-server", args, /Ready to accept/);
}

/** Starts Caddy with the configuration in a file. */
export function startCaddy(file: string): Promise<ChildProcess> {
  const args = ["run", "--adapter", "caddyfile", "--config", file];
  return startProgram("caddy", args, /serving initial configuration/);
}
