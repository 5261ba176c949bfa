/**
 * The servers of one framework in a process of their own: `node server.ts express`. Bare, ours and the peer's
 * share the process, so that they share what differs from one process to the next. It tells their ports, then
 * its CPU time when asked.
 */
import type { AddressInfo } from "node:net";
import arcjetExpress, { fixedWindow, tokenBucket } from "@arcjet/express";
import arcjetFastify, { arcjetPlugin } from "@arcjet/fastify";
import arcjetHono from "@arcjet/hono";
import fastifyRateLimit from "@fastify/rate-limit";
import { serve } from "@hono/node-server";
import express from "express";
import expressRateLimit from "express-rate-limit";
import createFastify from "fastify";
import { Hono } from "hono";
import { rateLimiter } from "hono-rate-limiter";

const LIMIT = 1_000_000_000;
const HOST = "127.0.0.1";
const rules = [
  tokenBucket({ mode: "LIVE", refillRate: LIMIT, interval: 1, capacity: LIMIT }),
  fixedWindow({ mode: "LIVE", window: "1m", max: LIMIT }),
  fixedWindow({ mode: "LIVE", window: "1h", max: LIMIT }),
] as const;
const MINUTE_MS = 60_000;

/** In the order of the ports. */
const VARIANTS = ["bare", "arcjet", "peer"] as const;
type Variant = (typeof VARIANTS)[number];

const servers = {
  async express(variant: Variant): Promise<number> {
    const app = express();
    if (variant === "arcjet") app.use(arcjetExpress({ rules }).middleware());
    if (variant === "peer")
      app.use(
        expressRateLimit({
          windowMs: MINUTE_MS,
          limit: LIMIT,
          standardHeaders: "draft-8",
          legacyHeaders: false,
        }),
      );
    app.get("/", (_req, res) => void res.json({ hello: "world" }));
    return new Promise((resolve) => {
      const server = app.listen(0, HOST, () => resolve((server.address() as AddressInfo).port));
    });
  },
  async fastify(variant: Variant): Promise<number> {
    const app = createFastify();
    if (variant === "arcjet") await app.register(arcjetPlugin, { aj: arcjetFastify({ rules }) });
    if (variant === "peer")
      await app.register(fastifyRateLimit, { max: LIMIT, timeWindow: MINUTE_MS });
    app.get("/", async () => ({ hello: "world" }));
    await app.listen({ port: 0, host: HOST });
    return (app.server.address() as AddressInfo).port;
  },
  async hono(variant: Variant): Promise<number> {
    const app = new Hono();
    if (variant === "arcjet") app.use(arcjetHono({ rules }).middleware());
    if (variant === "peer")
      app.use(
        rateLimiter({
          windowMs: MINUTE_MS,
          limit: LIMIT,
          standardHeaders: "draft-7",
          keyGenerator: () => "one",
        }),
      );
    app.get("/", (c) => c.json({ hello: "world" }));
    return new Promise((resolve) => {
      serve({ fetch: app.fetch, port: 0, hostname: HOST }, ({ port }) => resolve(port));
    });
  },
};

const [framework = "express"] = process.argv.slice(2);
const start = servers[framework as keyof typeof servers];
const ports: number[] = [];
for (const variant of VARIANTS) ports.push(await start(variant));
process.on("message", () => void process.send?.({ cpu: process.cpuUsage() }));
process.send?.({ ports });
