import { nodeRequestContext } from "@arcjet/react-router";
import { createRequestHandler } from "@react-router/express";
import express from "express";
import { RouterContextProvider, type ServerBuild } from "react-router";

// The example is tried from the machine it runs on, whose loopback address is no public one.
process.env.ARCJET_ENV ??= "development";
const built = new URL("dist/server/index.js", import.meta.url).href;
const build: ServerBuild = await import(built);

const app = express();
app.use("/assets", express.static("dist/client/assets", { immutable: true, maxAge: "1y" }));
app.use(
  createRequestHandler({
    build,
    // Rules then know the peer's address, and the path as it was received.
    getLoadContext: (request) =>
      new RouterContextProvider(new Map([[nodeRequestContext, request]])),
  }),
);
const port = Number(process.env.PORT ?? 3000);
app.listen(port, process.env.HOST ?? "localhost", () => console.log(`http://localhost:${port}`));
