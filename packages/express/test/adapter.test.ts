import type { AddressInfo } from "node:net";
import { describeAdapter, type SuiteApp, type SuiteServer } from "@arcjet/conformance";
import express, { type RequestHandler } from "express";
import arcjet, { withArcjet } from "../src/index.ts";

describeAdapter({ name: "Express", serve });

async function serve({
  options,
  ways,
  extra,
  deniedStatus,
  reached,
}: SuiteApp): Promise<SuiteServer> {
  const aj = arcjet(options);
  const routeAj = aj.withRule(extra);
  const onDenied: RequestHandler = (_, res) =>
    void res.status(deniedStatus ?? 0).json({ denied: true });
  const guard =
    deniedStatus === undefined
      ? {}
      : { onDenied: (req: express.Request, res: express.Response) => onDenied(req, res, () => {}) };

  const route = (name: string): RequestHandler[] => {
    const answer: RequestHandler = async (req, res) => {
      if (
        ways.includes("handler") &&
        (await (ways.includes("route") ? routeAj : aj).protect(req)).isDenied()
      )
        return void res.status(403).end();
      reached(name);
      res.json({ route: name, body: req.body });
    };
    if (ways.includes("wrap")) return [withArcjet(aj, answer, { rules: extra, ...guard })];
    return ways.includes("route") ? [routeAj.middleware(guard), answer] : [answer];
  };

  const app = express();
  if (ways.includes("app")) app.use(aj.middleware(guard));
  app.get("/hello", ...route("hello"));
  app.get("/admin", ...route("admin"));
  app.post("/echo", express.json(), ...route("echo"));
  const api = express.Router();
  api.get("/x", ...route("api"));
  app.use("/api", api);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
