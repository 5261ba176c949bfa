import { describe, expect, test } from "vitest";
import { looksLikeHar, parseEntry } from "./har.ts";

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
    expect(parseEntry(JSON.stringify(entry))).toEqual({
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
    });
  });

  test.each([
    ["https://EXAMPLE.com:443/A?b", "/A?b"],
    ["http://user@example.com?b=/c", "/?b=/c"],
    ["https://example.com/a/../b/%2e%2e", "/a/../b/%2e%2e"],
  ])("the target of %s is as it was sent", (url, target) => {
    expect(parseEntry(JSON.stringify({ ...entry, request: { method: "GET", url } }))).toMatchObject(
      {
        target,
      },
    );
  });

  test.each(["{}", "null", "[]", "{", '{"request":{"method":"GET","url":"data:,x"}}'])(
    "%s is no request",
    (text) => {
      expect(parseEntry(text)).toBeUndefined();
    },
  );

  test("a file is known by its beginning", () => {
    expect(looksLikeHar('{\n  "log": {\n')).toBe(true);
    expect(looksLikeHar('{"level":"info"}')).toBe(false);
  });
});
