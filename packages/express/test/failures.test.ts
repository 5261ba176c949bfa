// What fails inside a wrapped handler, or in the options of middleware, is Express's to answer.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { quiet, send } from "@arcjet/conformance";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { expect, onTestFinished, test } from "vitest";
import arcjet, { filter, withArcjet, type Rule } from "../src/index.ts";

const open = arcjet({ rules: [], log: quiet });
const shut = arcjet({
  rules: [filter({ mode: "LIVE", deny: ['http.request.method eq "GET"'] })],
  log: quiet,
});
/** Makes the decision come later, as with Redis. */
const waiting: Rule<unknown> = {
  spec: { type: "CUSTOM", mode: "LIVE", name: "waiting" },
  reads: [],
  evaluate: async () => ({ conclusion: "ALLOW", reason: { type: "CUSTOM", name: "waiting" } }),
};
const NOTHING = undefined as unknown;
const reached: RequestHandler = (_req, res) => void res.send("reached");

/** The status of a request to these handlers, and what the app's error handler was given. */
async function ask(...handlers: RequestHandler[]): Promise<[status: number, errors: unknown[]]> {
  const errors: unknown[] = [];
  const app = express();
  app.get("/hello", ...handlers);
  const tell: ErrorRequestHandler = (error, _req, res, next) => {
    errors.push(error);
    if (res.headersSent) return next(error);
    res.status(500).end();
  };
  app.use(tell);
  const server = app.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { status } = await send((server.address() as AddressInfo).port);
  return [status, errors];
}

const broken = new Error("broken");
test.each<[string, RequestHandler]>([
  [
    "throws",
    () => {
      throw broken;
    },
  ],
  ["rejects", async () => Promise.reject(broken)],
  ["calls next with", (_req, _res, next) => next(broken)],
])("the error that a wrapped handler %s reaches the app", async (_, handler) => {
  expect(await ask(withArcjet(open, handler))).toEqual([500, [broken]]);
  expect(await ask(withArcjet(open, handler, { rules: [waiting] }))).toEqual([500, [broken]]);
});

test.each<[string, () => never | Promise<never>]>([
  [
    "throws",
    () => {
      throw NOTHING;
    },
  ],
  ["rejects with", () => Promise.reject(NOTHING)],
])("nothing that an option %s lets no request through", async (_, fail) => {
  const expected = [500, [expect.any(Error)]];
  expect(await ask(open.middleware({ props: fail }), reached)).toEqual(expected);
  expect(await ask(shut.middleware({ onDenied: fail }), reached)).toEqual(expected);
  expect(await ask(withArcjet(shut, reached, { onDenied: fail }))).toEqual(expected);
});
