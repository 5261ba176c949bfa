import { describe, expect, test, vi } from "vitest";
import { createDohResolve } from "./doh-resolve.ts";
import type { DnsAnswer, Fetch } from "./ports.ts";

const URL_OF_RESOLVER = "https://dns.example/query";
const { signal } = new AbortController();
const replying =
  (status: number, body: unknown): Fetch =>
  async () => ({ status, json: async () => body });

describe("answers", () => {
  test.each<[string, number, unknown, DnsAnswer]>([
    [
      "MX records without their preference",
      200,
      {
        Status: 0,
        Answer: [
          { type: 5, data: "alias.example." },
          { type: 15, data: "10 mx.example." },
        ],
      },
      { status: "found", values: ["mx.example."] },
    ],
    [
      "a null MX",
      200,
      { Status: 0, Answer: [{ type: 15, data: "0 ." }] },
      { status: "found", values: ["."] },
    ],
    ["no such record", 200, { Status: 0 }, { status: "none", nameExists: true }],
    ["no such name", 200, { Status: 3 }, { status: "none", nameExists: false }],
    ["a failing server", 200, { Status: 2 }, { status: "unknown" }],
    ["an error page", 500, {}, { status: "unknown" }],
    ["a body that is no object", 200, "nonsense", { status: "unknown" }],
    ["a body without a status", 200, {}, { status: "unknown" }],
    [
      "records of a strange shape",
      200,
      { Status: 0, Answer: [null, 1, { type: 15 }] },
      { status: "none", nameExists: true },
    ],
    [
      "an answer that is no list",
      200,
      { Status: 0, Answer: "x" },
      { status: "none", nameExists: true },
    ],
  ])("%s", async (_, status, body, answer) => {
    const resolve = createDohResolve({ url: URL_OF_RESOLVER, fetch: replying(status, body) });
    expect(await resolve("example.com", "MX", signal)).toEqual(answer);
  });

  test("a fetch that fails is unknown", async () => {
    const resolve = createDohResolve({
      url: URL_OF_RESOLVER,
      fetch: () => Promise.reject(new Error("offline")),
    });
    expect(await resolve("example.com", "A", signal)).toEqual({ status: "unknown" });
  });
});

test("the question names the domain and the type, beside what the address already holds", async () => {
  const fetch = vi.fn<Fetch>(replying(200, { Status: 0 }));
  await createDohResolve({ url: `${URL_OF_RESOLVER}?key=1`, fetch })("example.com", "AAAA", signal);
  expect(fetch).toHaveBeenCalledWith(`${URL_OF_RESOLVER}?key=1&name=example.com&type=AAAA`, {
    headers: { accept: "application/dns-json" },
    signal,
  });
});

test.each(["http://dns.example/query", "not an address", ""])(
  "%j is refused as a resolver",
  (url) => {
    expect(() => createDohResolve({ url })).toThrow(/`url` is .*expected an https: address/);
  },
);
