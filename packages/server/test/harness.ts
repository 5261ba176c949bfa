// A server with a clock, IP data and a name server of the test's own, on a free port.
import { createHash } from "node:crypto";
import { botVerifier } from "@arcjet/bots";
import type { IpFacts } from "@arcjet/ip";
import { afterEach } from "vitest";
import { createKey, createServer, type Server, type ServerOptions } from "../src/index.ts";

export const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const FACTS: Readonly<Record<string, IpFacts>> = {
  "8.8.8.8": {
    country: "US",
    asn: "15169",
    asnName: "Google LLC",
    asnType: "hosting",
    isHosting: true,
    isVpn: false,
  },
  "1.1.1.1": { country: "AU", isVpn: true },
};

/** A name server in which no address has a name. */
const resolver = { reverse: async () => [], addresses: async () => [] };

/** Mail is taken everywhere but at one domain. */
const mailRoutes = {
  lookup: (domain: string) =>
    domain === "no-mail.example" ? ("none" as const) : ("found" as const),
};

/** Only one address has a picture. */
const pictured = createHash("sha256").update("ada@example.org").digest("hex");
const fetch: NonNullable<ServerOptions["fetch"]> = async (url) => ({
  status: url.includes(pictured) ? 200 : 404,
  json: async () => undefined,
});

export interface Started {
  readonly server: Server;
  readonly url: string;
  readonly port: number;
  readonly key: string;
  /** Moves the clock of the server forward by this many milliseconds. */
  readonly advance: (milliseconds: number) => void;
}

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.close(0);
});

export async function start(options: Partial<ServerOptions> = {}): Promise<Started> {
  let time = Date.UTC(2026, 0, 1);
  const { key, stored } = createKey("shop");
  const server = createServer({
    keys: [stored],
    log: quiet,
    clock: () => time,
    geo: (ip) => FACTS[ip],
    verifier: botVerifier({ resolver }),
    mailRoutes,
    fetch,
    ...options,
  });
  running.push(server);
  const { url, port } = await server.listen({ port: 0 });
  return {
    server,
    url,
    port,
    key,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
