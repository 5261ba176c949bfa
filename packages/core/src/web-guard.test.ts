import { expect, it } from "vitest";
import { createClient } from "./client.ts";
import { readWebRequest } from "./fetch.ts";
import { createGuard } from "./guard.ts";
import { filter } from "./rules/filter.ts";
import { fixedWindow } from "./rules/fixed-window.ts";
import { judgeRoute, judgeWeb } from "./web-guard.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const framework = { request: (request: Request) => request };
const guardOf = (rule: Parameters<typeof filter>[0]["deny"]) =>
  createGuard(
    createClient(
      {
        rules: [
          fixedWindow({ mode: "LIVE", window: 60, max: 10 }),
          filter({ mode: "LIVE", deny: rule ?? [] }),
        ],
        log: quiet,
      },
      { read: (request: Request) => readWebRequest(request) },
    ),
    undefined,
  );
const open = guardOf(['http.host eq "denied.example"']);
const shut = guardOf(['http.request.method eq "GET"']);
const request = () => new Request("http://localhost/");

it.each([
  ["judgeWeb", judgeWeb(framework)],
  ["judgeRoute", judgeRoute(framework)],
])(
  "%s gives a response whose headers cannot be changed the rate limit fields",
  async (_, judge) => {
    const answer = await judge(open, undefined, request(), () =>
      Response.redirect("http://localhost/a"),
    );
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("http://localhost/a");
    expect(answer.headers.get("ratelimit")).toMatch(/^limit=10, remaining=\d, reset=60$/);
  },
);

it("hands on a response that can be neither changed nor copied", async () => {
  const answer = Response.error();
  expect(await judgeWeb(framework)(open, undefined, request(), () => answer)).toBe(answer);
});

it("judgeRoute gives data back as it is, and throws the answer to a denied request", async () => {
  const judge = judgeRoute(framework);
  const data = { page: 1 };
  expect(await judge(open, undefined, request(), () => data)).toBe(data);
  const thrown = judge(shut, undefined, request(), () => data);
  await expect(thrown).rejects.toMatchObject({ status: 403 });
});

it("judgeWeb answers a denied request itself, or as `onDenied` says, and goes no further", async () => {
  const judge = judgeWeb(framework);
  const reached: string[] = [];
  const next = () => void reached.push("handler");
  const onDenied = () => new Response("no", { status: 418 });
  const statuses = [
    await judge(shut, undefined, request(), next),
    await judge(shut, { onDenied }, request(), next),
  ].map((answer) => answer?.status);
  expect({ statuses, reached }).toEqual({ statuses: [403, 418], reached: [] });
});

it.each([
  ["at once", () => undefined],
  ["later", async () => undefined],
])("denies also when `onDenied` answers nothing %s", async (_, answerNothing) => {
  // Programs in JavaScript are not kept from it by the type.
  const onDenied = answerNothing as unknown as () => Response;
  const reached: string[] = [];
  const next = () => void reached.push("handler");
  const answer = await judgeWeb(framework)(shut, { onDenied }, request(), next);
  const thrown = judgeRoute(framework)(shut, { onDenied }, request(), next);
  expect(answer?.status).toBe(403);
  await expect(thrown).rejects.toMatchObject({ status: 403 });
  expect(reached).toEqual([]);
});
