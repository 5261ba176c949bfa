import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogEntry } from "../entry.ts";
import { holdsHeader } from "../entry.ts";
import { clfTime, createClfClock } from "./clf-time.ts";
import { combined } from "./combined.ts";
import { closingQuote, unescapeField } from "./quoted.ts";

const TIME = "10/Oct/2025:13:55:36 -0700";
const read = (line: string): LogEntry | undefined => {
  const parsed = combined.create()(line);
  return parsed === "skip" ? undefined : parsed;
};

test("a combined line is a request with its referer and user agent", () => {
  const line = `203.0.113.9 - ann [${TIME}] "GET /a?b=1 HTTP/1.1" 200 2326 "https://example.com/" "Mozilla/5.0"`;
  expect(read(line)).toMatchObject({
    time: Date.UTC(2025, 9, 10, 20, 55, 36),
    client: "203.0.113.9",
    method: "GET",
    target: "/a?b=1",
    httpVersion: "1.1",
    headers: { referer: "https://example.com/", "user-agent": "Mozilla/5.0" },
    status: 200,
  });
});

test("a common line says nothing about headers", () => {
  const entry = read(`::1 - - [${TIME}] "POST /x HTTP/2.0" 404 -`);
  expect(entry).toMatchObject({ client: "::1", method: "POST", status: 404, httpVersion: "2.0" });
  expect(holdsHeader(entry!.holds, "user-agent")).toBe(false);
});

test("a hyphen for the user agent is a request without one", () => {
  const entry = read(`192.0.2.1 - - [${TIME}] "GET / HTTP/1.0" 200 1 "-" "-"`);
  expect(entry!.headers).toEqual({});
  expect(holdsHeader(entry!.holds, "user-agent")).toBe(true);
});

test("the virtual host in front is the host", () => {
  const entry = read(`example.com:443 192.0.2.1 - - [${TIME}] "GET / HTTP/1.1" 200 1 "-" "a"`);
  expect(entry).toMatchObject({ client: "192.0.2.1", headers: { host: "example.com" } });
  expect(holdsHeader(entry!.holds, "host")).toBe(true);
});

test.each([
  ["a virtual host without a port", "example.com 192.0.2.1", "192.0.2.1", "example.com"],
  ["a virtual host and the name of a client", "a.example:80 b.example", "b.example", "a.example"],
  ["a name alone", "client.example", "client.example", undefined],
  ["an address and the name of a user's machine", "192.0.2.1 192.0.2.2", "192.0.2.1", undefined],
  ["X-Forwarded-For", "junk, 198.51.100.1, 192.0.2.1", "192.0.2.1", undefined],
  ["X-Forwarded-For of IPv6", "2001:db8::1, 2001:db8::2", "2001:db8::2", undefined],
  ["a list without an end", "192.0.2.1, 192.0.2.2,", "-", undefined],
])("%s in front", (_, origin, client, host) => {
  const entry = read(`${origin} - - [${TIME}] "GET / HTTP/1.1" 200 1 "-" "a"`);
  expect(entry).toMatchObject({ client });
  expect(entry!.headers.host).toBe(host);
  expect(holdsHeader(entry!.holds, "host")).toBe(host !== undefined);
});

test("addresses behind the user agent are those of X-Forwarded-For", () => {
  const line = `10.0.0.1 - - [${TIME}] "GET / HTTP/1.1" 200 1 "-" "a" "203.0.113.1, 10.0.0.7"`;
  expect(read(line)!.headers["x-forwarded-for"]).toBe("203.0.113.1, 10.0.0.7");
});

test.each([
  ["nothing was sent", "-", true],
  ["text before what a proxy added", "unknown, <b>, 8.8.8.8", true],
  ["IPv6 with a port", "[2001:db8::1]:443", true],
  ["a name", "upstream", false],
  ["a number", "2.31", false],
  ["an open list", "8.8.8.8,", false],
])("what stands behind the user agent may be X-Forwarded-For: %s", (_, text, held) => {
  const entry = read(`10.0.0.1 - - [${TIME}] "GET / HTTP/1.1" 200 1 "-" "a" "${text}"`);
  expect(holdsHeader(entry!.holds, "x-forwarded-for")).toBe(held);
  expect(entry!.headers["x-forwarded-for"]).toBe(held && text !== "-" ? text : undefined);
});

test.each([
  ["nginx", `/\\x22\\x5C\\xE4`, '/"\\\u00e4'],
  ["Apache", `/\\"\\\\\\xe4\\n\\t`, '/"\\\u00e4\n\t'],
])("the escapes of %s are undone", (_, written, target) => {
  expect(read(`192.0.2.1 - - [${TIME}] "GET ${written} HTTP/1.1" 200 1`)!.target).toBe(target);
});

test.each([
  ["nginx", `x [01/Jan/2020:00:00:00 +0000] \\x22GET /forged HTTP/1.1\\x22 200 1`],
  ["Apache", `x [01/Jan/2020:00:00:00 +0000] \\"GET /forged HTTP/1.1\\" 200 1 \\"-\\" \\"-`],
  ["Apache, without a space", `x [01/Jan/2020:00:00:00 +0000]\\"GET /forged HTTP/1.1\\" 200 1`],
])("a user name that looks like a line of %s is only a user name", (_, user) => {
  expect(read(`192.0.2.1 - ${user} [${TIME}] "GET /real HTTP/1.1" 401 1 "-" "-"`)).toMatchObject({
    client: "192.0.2.1",
    target: "/real",
    status: 401,
  });
});

describe("what is no line of a request is not read", () => {
  test.each([
    ["nothing", ""],
    ["other text", "Oct 10 13:55:36 host sshd[1]: Accepted publickey"],
    ["a TLS greeting", `192.0.2.1 - - [${TIME}] "\\x16\\x03\\x01" 400 157 "-" "-"`],
    ["a request that never came", `192.0.2.1 - - [${TIME}] "-" 408 -`],
    ["an open quote", `192.0.2.1 - - [${TIME}] "GET / HTTP/1.1`],
    ["no status", `192.0.2.1 - - [${TIME}] "GET / HTTP/1.1"`],
    ["a day that is none", `192.0.2.1 - - [31/Feb/2025:13:55:36 -0700] "GET / HTTP/1.1" 200 1`],
    ["a month that is none", `192.0.2.1 - - [10/anF/2025:13:55:36 -0700] "GET / HTTP/1.1" 200 1`],
    ["an hour that is none", `192.0.2.1 - - [10/Oct/2025:24:55:36 -0700] "GET / HTTP/1.1" 200 1`],
  ])("%s", (_, line) => {
    expect(read(line)).toBeUndefined();
  });

  test("whatever it is, reading it ends without an error", () => {
    const parse = combined.create();
    const pieces = fc.constantFrom('"', "\\", "[", "]", " ", "-", TIME, "GET / HTTP/1.1", "200");
    const lines = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 20 });
    fc.assert(
      fc.property(lines, (parts) => {
        expect(() => parse(parts.join(""))).not.toThrow();
      }),
    );
  });
});

test("a reader of times reads each as if it were the first", () => {
  const read = createClfClock();
  const pieces = ["10", "00", "59", "60", "61", "9x", "x9"];
  const times = fc
    .tuple(
      fc.constantFrom("10/Oct/2025:13:55:", "10/Oct/2025:13:56:", "31/Feb/2025:13:55:", ""),
      fc.constantFrom(...pieces),
      fc.constantFrom(" +0000", " -0700", " 0000", ""),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(times, (time) => {
      expect(read(time)).toBe(clfTime(time));
    }),
    { numRuns: 1_000 },
  );
});

test("times are read with their zone, and agree with Date", () => {
  const dates = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(dates, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, zone) => {
      const seconds = Math.floor(date.getTime() / 1000) * 1000;
      const [, month, day, year, hour] =
        /^\w+, (?<day>)(\d\d) (\w+) (\d+) ([\d:]+)/
          .exec(new Date(seconds + zone * 60_000).toUTCString())
          ?.slice(1) ?? [];
      const two = (value: number): string => String(value).padStart(2, "0");
      const offset = `${zone < 0 ? "-" : "+"}${two(Math.floor(Math.abs(zone) / 60))}${two(Math.abs(zone) % 60)}`;
      expect(clfTime(`${month}/${day}/${year}:${hour} ${offset}`)).toBe(seconds);
    }),
  );
});

test("a quoted field ends where the server ended it", () => {
  const characters = fc.string({ unit: fc.constantFrom("a", '"', "\\") });
  fc.assert(
    fc.property(characters, (value) => {
      const written = `"${value.replace(/["\\]/g, "\\$&")}"`;
      expect(closingQuote(`${written} "x"`, 0)).toBe(written.length - 1);
      expect(unescapeField(written.slice(1, -1))).toBe(value);
    }),
  );
});
