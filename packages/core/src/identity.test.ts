import { createHasher } from "@arcjet/rate-limit";
import { describe, expect, it } from "vitest";
import { compileIdentity, identifyKey } from "./identity.ts";
import { normalizeRequest } from "./normalize.ts";
import { fakeRequest, type FakeRequestOptions } from "./testing.ts";

const hash = createHasher("secret");
const options = { proxies: undefined, platform: undefined, development: false, ignoreCase: false };

function print(
  names: readonly string[],
  request: FakeRequestOptions,
  props: Record<string, unknown> = {},
): string {
  const identify = compileIdentity(names, hash, "test");
  return JSON.stringify(identify(normalizeRequest(fakeRequest(request), options), props));
}

describe("identity", () => {
  it("separates the parts of a fingerprint", () => {
    expect(print(["userId", "user"], {}, { userId: "u1", user: "" })).not.toBe(
      print(["userId", "user"], {}, { userId: "", user: "Idu1" }),
    );
    expect(print(["a", "b"], {}, { a: "1;b=1:2", b: "2" })).not.toBe(
      print(["a", "b"], {}, { a: "1", b: "2;b=1:2" }),
    );
  });

  it("does not depend on the order or the repetition of names", () => {
    const props = { userId: 1 };
    expect(print(["userId", "ip.src", "userId"], {}, props)).toBe(
      print(["ip.src", "userId"], {}, props),
    );
  });

  it("knows an address again, however many others came between", () => {
    const identify = compileIdentity(["ip.src"], hash, "test");
    const fingerprintOf = (n: number): unknown => {
      const ip = `8.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
      return identify(normalizeRequest(fakeRequest({ ip }), options), {});
    };
    const first = Array.from({ length: 100 }, (_, n) => fingerprintOf(n));
    // More than are kept, and more than it takes until they are kept again.
    for (let n = 0; n < 80_000; n++) fingerprintOf(n);
    expect(first.map((_, n) => fingerprintOf(n))).toEqual(first);
    expect(new Set(first.map((print) => JSON.stringify(print))).size).toBe(100);
  });

  it("counts IPv6 clients by their /64", () => {
    expect(print(["ip.src"], { ip: "2606:4700:1:2::1" })).toBe(
      print(["ip.src"], { ip: "2606:4700:1:2:ffff::9" }),
    );
    expect(print(["ip.src"], { ip: "2606:4700:1:2::1" })).not.toBe(
      print(["ip.src"], { ip: "2606:4700:1:3::1" }),
    );
  });

  it.each([
    ['http.request.headers["X-Key"]', { headers: {} }, { headers: { "x-key": "" } }],
    ['http.request.cookie["sid"]', { headers: {} }, { headers: { cookie: "sid=" } }],
    ['http.request.uri.args["q"]', { url: "/" }, { url: "/?q=" }],
  ])("counts a missing and an empty %s by the client", (name, missing, empty) => {
    expect(print([name], missing)).toBe(print([name], empty));
    expect(print([name], missing)).not.toBe(print([name], { ...missing, ip: "8.8.8.8" }));
  });

  it.each([
    [
      'http.request.headers["x-key"]',
      { headers: { "x-key": ["a", "b"] } },
      { headers: { "x-key": ["c", "d"] } },
    ],
    [
      'http.request.cookie["sid"]',
      { headers: { cookie: "sid=a; sid=b" } },
      { headers: { cookie: "sid=c;sid=d" } },
    ],
    ['http.request.uri.args["q"]', { url: "/?q=a&q=b" }, { url: "/?x&q=c&q=%64" }],
  ])("counts a repeated %s by the client, whatever its values", (name, one, other) => {
    expect(print([name], one)).toBe(print([name], other));
    expect(print([name], one)).not.toBe(print([name], { ...one, ip: "8.8.8.8" }));
  });

  it("names a client without a request", () => {
    const names = ["ip.src", "userId"];
    expect(JSON.stringify(identifyKey(names, { userId: "u1" }, "93.184.216.34", hash))).toBe(
      print(names, {}, { userId: "u1" }),
    );
    expect(() => identifyKey(names, {}, "1.1.1.1", hash)).toThrow("the key needs `userId`");
  });

  it.each(["", "ip.country", 'http.request.header["a"]', "http.request.uri"])(
    "refuses %j as a name",
    (name) => {
      expect(() => compileIdentity([name], hash, "tokenBucket")).toThrow("`characteristics`");
    },
  );
});
