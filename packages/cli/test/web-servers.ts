/** Real web servers, where they are installed: started with a log, sent traffic, and stopped. */
import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { traffic, type Sent } from "./traffic.ts";

/** What a server answered and wrote. */
export interface Served {
  readonly log: Buffer;
  /** Status of the answer to each request of the traffic. */
  readonly statuses: readonly number[];
}

interface Setup {
  readonly directory: string;
  readonly log: string;
  readonly port: number;
}

export interface WebServer {
  readonly name: string;
  readonly command: string;
  /** Name of the format of its log. */
  readonly format: string;
  /** Writes the configuration and gives the arguments. */
  readonly configure: (setup: Setup) => Promise<readonly string[]>;
}

/** Servers may lie where only an administrator looks for commands. */
const PATH = `${process.env.PATH}:/usr/sbin`;
const WAIT_MS = 20;
const MAX_LOOKS = 250;

async function nginx({ directory, log, port }: Setup): Promise<readonly string[]> {
  const config = join(directory, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(directory, name)};`)
    .join(" ");
  await writeFile(
    config,
    `daemon off; worker_processes 1; pid ${directory}/pid; error_log ${directory}/error;
events {} http { ${temporary} access_log ${log} combined; large_client_header_buffers 4 16k;
server { listen 127.0.0.1:${port}; location / { return 200 "ok"; } } }`,
  );
  return ["-e", join(directory, "error"), "-c", config];
}

const MODULES = ["mpm_event", "authz_core", "alias", "rewrite"];

const apache =
  (logFormat: string) =>
  async ({ directory, log, port }: Setup): Promise<readonly string[]> => {
    const config = join(directory, "httpd.conf");
    await mkdir(join(directory, "www"));
    const modules = MODULES.map(
      (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
    );
    await writeFile(
      config,
      `${modules.join("\n")}
ServerRoot ${directory}
ServerName example.com:${port}
PidFile ${directory}/pid
DefaultRuntimeDir ${directory}
ErrorLog ${directory}/error
LimitRequestLine 16380
Listen 127.0.0.1:${port}
DocumentRoot ${directory}/www
LogFormat "${logFormat}" wanted
CustomLog ${log} wanted
AllowEncodedSlashes NoDecode
RewriteEngine On
RewriteRule .* - [R=204,L]
`,
    );
    return ["-X", "-f", config];
  };

const COMBINED = '%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"';

async function caddy({ directory, log, port }: Setup): Promise<readonly string[]> {
  const config = join(directory, "Caddyfile");
  await writeFile(
    config,
    `{
  admin off
  auto_https off
}
http://:${port} {
  log {
    output file ${log}
  }
  respond "ok"
}
`,
  );
  return ["run", "--adapter", "caddyfile", "--config", config];
}

export const webServers: readonly WebServer[] = [
  { name: "nginx", command: "nginx", format: "combined", configure: nginx },
  { name: "apache", command: "apache2", format: "combined", configure: apache(COMBINED) },
  {
    name: "apache-vhost",
    command: "apache2",
    format: "combined",
    configure: apache(`%v:%p ${COMBINED}`),
  },
  { name: "caddy", command: "caddy", format: "caddy", configure: caddy },
];

/** Whether the server is installed. */
export function isInstalled({ command }: WebServer): boolean {
  const look = ["-c", `command -v ${command}`];
  return spawnSync("sh", look, { env: { ...process.env, PATH } }).status === 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

function bytesOf({ method, target, version, headers }: Sent): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${target} HTTP/${version}\r\nhost: example.com\r\nconnection: close\r\n`;
  return Buffer.from(`${head}${lines.join("")}\r\n`, "latin1");
}

/** Sends one request and gives the status of its answer. */
async function send(port: number, bytes: Buffer): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.end(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(Buffer.from(chunk));
  return Number(/^HTTP\/\d\.\d (\d{3})/.exec(Buffer.concat(chunks).toString("latin1"))?.[1] ?? 0);
}

const wait = (): Promise<unknown> => promisify(execFile)("sleep", [String(WAIT_MS / 1_000)]);

/** Looks again and again, since a server tells nobody when it is ready or has written its log. */
async function until<Value>(look: () => Promise<Value | undefined>, what: string): Promise<Value> {
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    await wait();
  }
  throw new Error(`${what} took too long`);
}

/** Runs a server for the traffic, a greeting of TLS among it, and gives its log. */
export async function serveTraffic(server: WebServer): Promise<Served> {
  const directory = await mkdtemp(join(tmpdir(), `arcjet-${server.name}-`));
  const setup = { directory, log: join(directory, "access.log"), port: await freePort() };
  const args = await server.configure(setup);
  const env = { ...process.env, PATH, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory };
  const running = spawn(server.command, args, { stdio: "ignore", cwd: directory, env });
  try {
    await until(() => send(setup.port, bytesOf(traffic[0]!)), `starting ${server.name}`);
    const statuses: number[] = [];
    for (const request of traffic) statuses.push(await send(setup.port, bytesOf(request)));
    await send(setup.port, Buffer.from("\x16\x03\x01\x00\xa5\x01\r\n\r\n", "latin1")).catch(
      () => 0,
    );
    statuses.push(await send(setup.port, bytesOf({ ...traffic[0]!, target: "/last" })));
    const log = await until(async () => {
      const bytes = await readFile(setup.log);
      return bytes.includes("/last") && bytes.at(-1) === 10 ? bytes : undefined;
    }, `the log of ${server.name}`);
    // The first line is that of the request which found out that the server was there.
    return { log: log.subarray(log.indexOf(10) + 1), statuses: statuses.slice(0, -1) };
  } finally {
    running.kill("SIGTERM");
    if (running.exitCode === null) await once(running, "exit");
    await rm(directory, { recursive: true, force: true });
  }
}
