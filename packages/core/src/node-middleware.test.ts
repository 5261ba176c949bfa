import { expect, it } from "vitest";
import type { Decision } from "./decision.ts";
import { nodeMiddleware, wrapNodeHandler, type NodeMiddleware } from "./node-middleware.ts";
import type { NodeRequest, NodeResponse } from "./node-request.ts";
import arcjet, { filter } from "./index.ts";
import { fakeRequest } from "./testing.ts";

const NOTHING = undefined as unknown;
const client = arcjet({ rules: [] });
const decide = async (denied: boolean): Promise<Decision> =>
  denied
    ? arcjet({ rules: [filter({ mode: "LIVE", deny: ['http.request.method eq "GET"'] })] }).protect(
        fakeRequest(),
      )
    : client.protect(fakeRequest());

const request: NodeRequest = { headers: {}, socket: {} };
const answerTo = (): NodeResponse & { body?: string } => ({
  statusCode: 200,
  headersSent: false,
  setHeader: () => {},
  end(body) {
    Object.assign(this, { body });
  },
});

/** What `next` was called with, once all is settled. */
async function run(middleware: NodeMiddleware): Promise<unknown[][]> {
  const calls: unknown[][] = [];
  middleware(request, answerTo(), (...given) => void calls.push(given));
  await new Promise((resolve) => setImmediate(resolve));
  return calls;
}
const attach = (): void => {};

it.each([
  [
    "at once",
    () => {
      throw NOTHING;
    },
  ],
  ["later", () => Promise.reject(NOTHING)],
] as const)("takes nothing that is thrown by props %s for a failure", async (_, guard) => {
  const calls = await run(nodeMiddleware(attach)(guard, undefined));
  expect(calls).toEqual([[expect.any(Error)]]);
});

it.each([
  [
    "at once",
    () => {
      throw NOTHING;
    },
  ],
  ["later", () => Promise.reject(NOTHING)],
] as const)("takes nothing that is thrown by onDenied %s for a failure", async (_, onDenied) => {
  const decision = await decide(true);
  const calls = await run(nodeMiddleware(attach)(() => decision, { onDenied }));
  expect(calls).toEqual([[expect.any(Error)]]);
});

it.each(["route", "router"])(
  "takes the word %s, which Express obeys, for a failure",
  async (word) => {
    const guard = (): never => {
      throw word as unknown;
    };
    const calls = await run(nodeMiddleware(attach)(guard, undefined));
    expect(calls).toEqual([[expect.objectContaining({ cause: word })]]);
  },
);

it("hands an error on as it is", async () => {
  const error = new Error("no user");
  const calls = await run(nodeMiddleware(attach)(() => Promise.reject(error), undefined));
  expect(calls).toEqual([[error]]);
});

it("goes on once, and leaves what is thrown behind it alone", async () => {
  const decision = await decide(false);
  let calls = 0;
  const middleware = nodeMiddleware(attach)(() => decision, undefined);
  const next = (): void => {
    calls++;
    throw new Error("a fault of the app");
  };
  expect(() => middleware(request, answerTo(), next)).toThrow("a fault of the app");
  expect(calls).toBe(1);
});

it.each([
  [
    "throws",
    () => {
      throw new Error("broken");
    },
  ],
  ["rejects", () => Promise.reject(new Error("broken"))],
] as const)("gives what a wrapped handler %s to next", async (_, handler) => {
  const waits = await decide(false);
  for (const guard of [() => waits, async () => waits]) {
    const calls = await run(wrapNodeHandler(nodeMiddleware(attach)(guard, undefined), handler));
    expect(calls).toEqual([[new Error("broken")]]);
  }
});

it("keeps a wrapped handler from a request whose decision failed", async () => {
  const reached: string[] = [];
  const failing = nodeMiddleware(attach)(() => Promise.reject(NOTHING), undefined);
  const calls = await run(wrapNodeHandler(failing, () => void reached.push("handler")));
  expect(calls).toEqual([[expect.any(Error)]]);
  expect(reached).toEqual([]);
});
