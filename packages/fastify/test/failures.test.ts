// What fails in the options of the plugin, of a `preHandler` or of a wrapper lets no request through.
import { quiet } from "@arcjet/conformance";
import fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import arcjet, { arcjetPlugin, withArcjet, type FastifyOptions, type Rule } from "../src/index.ts";

const open = arcjet({ rules: [], log: quiet });
const denying: Rule<unknown> = {
  spec: { type: "CUSTOM", mode: "LIVE", name: "denying" },
  reads: [],
  evaluate: () => ({ conclusion: "DENY", reason: { type: "CUSTOM", name: "denying" } }),
};
const shut = arcjet({ rules: [denying], log: quiet });
const NOTHING = undefined as unknown;
const reached = async (): Promise<string> => "reached";

/** The status of a request to each of the three ways of use. */
async function ask(
  aj: typeof open,
  options: FastifyOptions & { readonly props?: () => never | Promise<never> },
): Promise<number[]> {
  const app = fastify();
  onTestFinished(() => app.close());
  app.register(async (part) => {
    part.register(arcjetPlugin, { aj, ...options });
    part.get("/plugin", reached);
  });
  app.get("/hook", { preHandler: aj.middleware(options) }, reached);
  app.get("/wrapped", withArcjet(aj, reached, options));
  const statuses = [];
  for (const url of ["/plugin", "/hook", "/wrapped"])
    statuses.push((await app.inject(url)).statusCode);
  return statuses;
}

test.each<[string, () => never | Promise<never>]>([
  [
    "throws",
    () => {
      throw NOTHING;
    },
  ],
  ["rejects with", () => Promise.reject(NOTHING)],
])("nothing that an option %s is a failure", async (_, fail) => {
  expect(await ask(open, { props: fail })).toEqual([500, 500, 500]);
  expect(await ask(shut, { onDenied: fail })).toEqual([500, 500, 500]);
});

test.each<[string, () => unknown]>([
  ["at once", () => undefined],
  ["later", async () => undefined],
])("an onDenied that answers nothing %s leaves the answer to the adapter", async (_, onDenied) => {
  expect(await ask(shut, { onDenied })).toEqual([403, 403, 403]);
});

test("an onDenied may send the reply itself, or give what to send", async () => {
  expect(await ask(shut, { onDenied: (_request, reply) => void reply.code(418).send({}) })).toEqual(
    [418, 418, 418],
  );
  expect(await ask(shut, { onDenied: async () => ({ denied: true }) })).toEqual([200, 200, 200]);
});
