import { loadContext } from "@arcjet/remix";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/server-runtime";
import express from "express";
import { aj } from "./app/arcjet.ts";

// The example is tried from the machine it runs on, whose loopback address is no public one.
process.env.ARCJET_ENV ??= "development";
const built = new URL("dist/server/index.js", import.meta.url).href;
const build: ServerBuild = await import(built);

const app = express();
// Every request is judged for attacks and bots before it reaches Remix.
app.use(aj.middleware());
app.use("/assets", express.static("dist/client/assets", { immutable: true, maxAge: "1y" }));
app.use(createRequestHandler({ build, getLoadContext: loadContext }));
const port = Number(process.env.PORT ?? 3000);
app.listen(port, process.env.HOST ?? "localhost", () => console.log(`http://localhost:${port}`));
