// The client of a Decide server, against servers on real sockets that the test plays.
import { errorMonitor } from "node:events";
import { createServer as createHttp, type Server } from "node:http";
import http2, {
  createServer as createHttp2,
  type ClientHttp2Session,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { ConnectError } from "@connectrpc/connect";
import { afterEach, describe, expect, test, vi } from "vitest";
import { MAX_FAILURES } from "../src/client/breaker.ts";
import { MAX_SILENCE, remote } from "../src/client/node.ts";
import { remote as remoteByFetch } from "../src/client/web.ts";
import type { DecisionData, RemoteDecider, RemoteQuestion, RuleSpec } from "../src/index.ts";
import { encodeDecideResponse } from "../src/wire.ts";

const spec: RuleSpec = { type: "FILTER", mode: "LIVE", deny: ["ip.src.tor"] };
const question: RemoteQuestion = {
  request: {
    ip: "8.8.8.8",
    provenance: "direct",
    clientKey: "8.8.8.8",
    method: "GET",
    protocol: "https:",
    host: "example.com",
    httpVersion: "1.1",
    path: "/",
    query: "",
    cookies: "",
    headers: new Map([["accept", "*/*"]]),
  },
  ignoreCase: false,
  props: {},
  specs: [spec],
  local: [undefined],
  characteristics: [],
};
const reason = { type: "FILTER", matchedExpressions: [], undeterminedExpressions: [] } as const;
const answer: DecisionData = {
  id: "req_1",
  conclusion: "ALLOW",
  reason,
  results: [
    {
      ruleId: "rule",
      type: "FILTER",
      fingerprint: "fp",
      ttl: 0,
      state: "RUN",
      conclusion: "ALLOW",
      reason,
    },
  ],
  ttl: 0,
  ip: { country: "US" },
  degraded: false,
};
const body = encodeDecideResponse(answer);
const type = { "content-type": "application/proto" };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function listen(server: Server | Http2Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an address with a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that does with each stream what it is told, and counts. */
async function serve2(handle: (stream: ServerHttp2Stream, path: string) => void) {
  const seen = { calls: 0, sessions: 0, authorization: "" };
  const server = createHttp2();
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => {
    seen.sessions++;
    sessions.add(session);
  });
  server.on("stream", (stream, headers) => {
    seen.calls++;
    seen.authorization = String(headers.authorization);
    stream.on("error", () => undefined);
    handle(stream, String(headers[":path"]));
  });
  closing.push(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return { url: await listen(server), seen, sessions };
}

const agree = (stream: ServerHttp2Stream): void => {
  stream.respond({ ":status": 200, ...type });
  stream.end(body);
};

function clientOf(baseUrl: string, timeout = 5_000): RemoteDecider {
  const decider = remote({ baseUrl, key: "ajkey_test", timeout });
  closing.push(() => decider.close());
  return decider;
}

describe("a question", () => {
  test("over HTTP/2 brings the key, and the decision back", async () => {
    const { url, seen } = await serve2(agree);
    expect(await clientOf(url).decide(question)).toEqual(answer);
    expect(seen).toEqual({ calls: 1, sessions: 1, authorization: "Bearer ajkey_test" });
  });

  test.each([
    ["HTTP/1.1", (baseUrl: string) => remote({ baseUrl, key: "k", httpVersion: "1.1" })],
    ["fetch", (baseUrl: string) => remoteByFetch({ baseUrl, key: "k" })],
  ])("over %s is answered too", async (_, make) => {
    const server = createHttp((request, response) => {
      request.resume().on("end", () => response.writeHead(200, type).end(body));
    });
    closing.push(() => server.close());
    const decider = make(await listen(server));
    expect(await decider.decide(question)).toEqual(answer);
    await decider.close();
    server.closeAllConnections();
  });

  test("is asked once, whatever comes of it", async () => {
    const { url, seen } = await serve2((stream) => {
      stream.respond({ ":status": 503 }, { endStream: true });
    });
    await expect(clientOf(url).decide(question)).rejects.toThrow("unavailable");
    expect(seen.calls).toBe(1);
  });

  test("is given up when its time is over", async () => {
    const { url, seen } = await serve2(() => undefined);
    await expect(clientOf(url, 200).decide(question)).rejects.toThrow("deadline_exceeded");
    // On a busy machine the time may be over before the connection is there.
    expect(seen.calls).toBeLessThanOrEqual(1);
  });

  test.each([
    ["nothing", new Uint8Array(0)],
    ["nonsense", Uint8Array.from([0xff, 0xff])],
    ["results for other rules", encodeDecideResponse({ ...answer, results: [] })],
  ])("that is answered with %s has no answer", async (_, bytes) => {
    const { url } = await serve2((stream) => {
      stream.respond({ ":status": 200, ...type });
      stream.end(bytes);
    });
    await expect(clientOf(url).decide(question)).rejects.toThrow(ConnectError);
  });

  test("takes a new connection when the old one has been silent too often", async () => {
    let silent = true;
    const { url, seen } = await serve2((stream) => void (silent || agree(stream)));
    const decider = clientOf(url, 20);
    for (let i = 0; i < MAX_SILENCE; i++)
      await expect(decider.decide(question)).rejects.toThrow("deadline_exceeded");
    silent = false;
    const patient = () => decider.decide(question).catch(() => undefined);
    await expect.poll(patient, { timeout: 10_000 }).toEqual(answer);
    expect(seen.sessions).toBeGreaterThan(1);
  });

  test("that comes while the connection is taken away goes over another, and ends no process", async () => {
    const { url, seen, sessions } = await serve2(agree);
    const taken = Promise.withResolvers<Promise<DecisionData>>();
    const failed = Promise.withResolvers<unknown>();
    const decider = clientOf(url);
    const spy = vi.spyOn(http2, "connect");
    closing.push(() => {
      spy.mockRestore();
      syncBuiltinESMExports();
    });
    syncBuiltinESMExports();
    await decider.decide(question);
    const session = spy.mock.results[0]!.value as ClientHttp2Session;
    // Asks at the worst moment: the session is given up, and has not failed yet. The monitor takes no error.
    session.once("goaway", () => taken.resolve(decider.decide(question)));
    session.once(errorMonitor, failed.resolve);
    for (const session of sessions) session.goaway();
    expect(await taken.promise).toEqual(answer);
    expect(await failed.promise).toBeInstanceOf(ConnectError);
    expect(seen.sessions).toBe(2);
  });

  test("is not asked for a while when there was no answer to many", async () => {
    const { url, seen } = await serve2((stream) => stream.close(2));
    const decider = clientOf(url);
    for (let i = 0; i < MAX_FAILURES + 3; i++)
      await expect(decider.decide(question)).rejects.toThrow(ConnectError);
    expect(seen.calls).toBe(MAX_FAILURES);
  });

  test("that is refused for its key is asked again the next time: the server is there", async () => {
    const { url, seen } = await serve2((stream) => {
      stream.respond({ ":status": 401, "content-type": "application/json" });
      stream.end('{"code":"unauthenticated"}');
    });
    const decider = clientOf(url);
    for (let i = 0; i < MAX_FAILURES + 3; i++)
      await expect(decider.decide(question)).rejects.toThrow("unauthenticated");
    expect(seen.calls).toBe(MAX_FAILURES + 3);
  });
});

describe("a report", () => {
  test("is sent behind the back of the caller, and before the client closes", async () => {
    const paths: string[] = [];
    const { url } = await serve2((stream, path) => {
      paths.push(path);
      stream.respond({ ":status": 200, ...type }, { endStream: true });
    });
    const decider = remote({ baseUrl: url, key: "k" });
    for (let i = 0; i < 10; i++) decider.report(question, answer);
    await decider.close();
    expect(paths).toHaveLength(10);
    expect(new Set(paths)).toEqual(new Set(["/proto.decide.v1alpha1.DecideService/Report"]));
  });

  test("that cannot be sent, or not even written, disturbs nobody", async () => {
    const decider = remote({ baseUrl: "http://127.0.0.1:1", key: "k" });
    decider.report(question, answer);
    expect(() => decider.report(question, { ...answer, ttl: -1 })).not.toThrow();
    await expect(decider.close()).resolves.toBeUndefined();
  });
});
