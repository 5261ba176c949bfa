// The seam for pages: an application of the test's own behind the paths that are not the server's.
import { connect } from "node:http2";
import { describe, expect, test } from "vitest";
import { MAX_MESSAGE_BYTES, MAX_OPEN_PAGES } from "../src/limits.ts";
import type { Pages } from "../src/index.ts";
import { start } from "./harness.ts";

/** What a request over HTTP/2 is answered with. */
function get2(url: string, path: string, headers: Record<string, string> = {}) {
  const session = connect(url);
  return new Promise<{ readonly head: Readonly<Record<string, unknown>>; readonly text: string }>(
    (resolve, reject) => {
      const stream = session.request({ ":path": path, ...headers });
      let head: Readonly<Record<string, unknown>> = {};
      let text = "";
      stream.setEncoding("utf8");
      stream.on("response", (got) => (head = got));
      stream.on("data", (part: string) => (text += part));
      stream.on("error", reject);
      stream.on("close", () => (session.close(), resolve({ head, text })));
      stream.end();
    },
  );
}

const echo: Pages = async (request, { address }) => {
  const { method, url, headers } = request;
  const { pathname, search } = new URL(url);
  const body = await request.text();
  return Response.json({ method, pathname, search, address, body, tag: headers.get("x-tag") });
};

describe("a page", () => {
  test("is asked for with everything the client sent, over HTTP/1.1 and HTTP/2", async () => {
    const { url } = await start({ pages: echo });
    const asked = { method: "GET", pathname: "/a", search: "?b=1", address: "127.0.0.1", body: "" };
    const headers = { "x-tag": "t" };
    const answer = await fetch(`${url}/a?b=1`, { headers });
    expect(await answer.json()).toEqual({ ...asked, tag: "t" });
    expect(JSON.parse((await get2(url, "/a?b=1", headers)).text)).toEqual({ ...asked, tag: "t" });
  });

  test("gets the body of a form", async () => {
    const { url } = await start({ pages: echo });
    const answer = await fetch(url, { method: "POST", body: "token=1" });
    expect(await answer.json()).toMatchObject({ method: "POST", body: "token=1" });
  });

  test("is not in the way of the server's own paths", async () => {
    const { url } = await start({ pages: () => new Response("page") });
    expect(await (await fetch(`${url}/healthz`)).text()).toBe("ok\n");
    expect((await fetch(`${url}/proto.decide.v1alpha1.DecideService/Decide`)).status).toBe(405);
    expect(await (await fetch(url)).text()).toBe("page");
  });

  test("may set several cookies and redirect", async () => {
    const headers = new Headers({ location: "/in" });
    headers.append("set-cookie", "a=1; HttpOnly");
    headers.append("set-cookie", "b=2");
    const { url } = await start({ pages: () => new Response(null, { status: 303, headers }) });
    const answer = await fetch(url, { redirect: "manual" });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([303, ["a=1; HttpOnly", "b=2"]]);
    expect((await get2(url, "/")).head["set-cookie"]).toEqual(["a=1; HttpOnly", "b=2"]);
  });

  test("has no body when it is asked for by HEAD", async () => {
    const { url } = await start({ pages: () => new Response("body") });
    expect(await (await fetch(url, { method: "HEAD" })).text()).toBe("");
  });

  test("that throws is a 500 that says nothing of the inside", async () => {
    const { url } = await start({ pages: () => Promise.reject(new Error("secret")) });
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([500, "the page failed\n"]);
  });

  test.each([
    [MAX_MESSAGE_BYTES, 200],
    [MAX_MESSAGE_BYTES + 6, 413],
  ])("with a body of %d bytes is answered with %d", async (size, status) => {
    const { url } = await start({ pages: echo });
    const answer = await fetch(url, { method: "POST", body: new Uint8Array(size) });
    expect(answer.status).toBe(status);
    await answer.body?.cancel();
  });
});

describe("a page without an end", () => {
  /** Sends one word, then waits until the client goes or the server stops. */
  function feed(ended: () => void): Pages {
    return ({ signal }) =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode("word"));
            signal.addEventListener("abort", () => {
              ended();
              try {
                controller.close();
              } catch {
                // The client has gone and its stream with it.
              }
            });
          },
        }),
      );
  }

  test("comes bit by bit, and learns when its reader goes", async () => {
    const ended = Promise.withResolvers<void>();
    const { url } = await start({ pages: feed(ended.resolve) });
    const reader = (await fetch(url)).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("word");
    await reader.cancel();
    await ended.promise;
  });

  test("ends when the server stops, which does not wait for it", async () => {
    const { url, server } = await start({ pages: feed(() => undefined) });
    const answer = await fetch(url);
    const [text] = await Promise.all([answer.text(), server.close()]);
    expect(text).toBe("word");
  });

  test("takes no more than its share of the server", async () => {
    const { url } = await start({ pages: feed(() => undefined) });
    const session = connect(url);
    const status = () =>
      new Promise<unknown>((resolve) => {
        const stream = session.request({ ":path": "/" });
        stream.on("error", () => undefined);
        stream.on("response", (head) => resolve(head[":status"]));
        stream.end();
      });
    const statuses = await Promise.all(Array.from({ length: MAX_OPEN_PAGES + 1 }, status));
    expect(statuses.filter((one) => one === 200)).toHaveLength(MAX_OPEN_PAGES);
    expect(statuses.at(-1)).toBe(503);
    session.destroy();
  });
});
