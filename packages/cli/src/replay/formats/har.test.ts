import { describe, expect, test } from "vitest";
import { looksLikeHar, parseHar } from "./har.ts";

const TIME = Date.UTC(2025, 9, 10, 13, 55, 36);

describe("HAR", () => {
  const entry = {
    startedDateTime: "2025-10-10T13:55:36.000Z",
    request: {
      method: "POST",
      url: "https://example.com/a//b?c=%27#x",
      httpVersion: "HTTP/1.1",
      headers: [
        { name: ":authority", value: "example.com" },
        { name: "User-Agent", value: "a" },
        { name: "X-Tag", value: "1" },
        { name: "x-tag", value: "2" },
      ],
      postData: { text: "q=1" },
    },
    response: { status: 200 },
  };

  test("a request has all its headers and its body", () => {
    expect(parseHar(JSON.stringify({ log: { entries: [entry] } }))).toEqual([
      {
        time: TIME,
        client: "",
        method: "POST",
        target: "/a//b?c=%27",
        httpVersion: "1.1",
        tls: true,
        headers: { host: "example.com", "user-agent": "a", "x-tag": ["1", "2"] },
        status: 200,
        holds: { headers: "all", protocol: true },
        body: "q=1",
      },
    ]);
  });

  test("what is no request is undefined", () => {
    const entries = [{}, null, { request: { method: "GET", url: "data:,x" } }];
    expect(parseHar(JSON.stringify({ log: { entries } }))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(() => parseHar("{}")).toThrow("log.entries");
  });

  test("a file is known by its beginning", () => {
    expect(looksLikeHar('{\n  "log": {\n')).toBe(true);
    expect(looksLikeHar('{"level":"info"}')).toBe(false);
  });
});
