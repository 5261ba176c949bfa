import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holdsHeader, type LineFormat, type LogEntry } from "../entry.ts";
import { LogHeaders } from "../log-headers.ts";
import { alb } from "./alb.ts";
import { caddy } from "./caddy.ts";
import { cloudfront } from "./cloudfront.ts";
import { LINE_FORMATS } from "./detect.ts";
import { traefik } from "./traefik.ts";

const TIME = Date.UTC(2025, 9, 10, 13, 55, 36);

/** Reads lines with one parser, and gives the requests. */
function read(format: LineFormat, ...lines: readonly string[]): readonly LogEntry[] {
  const parse = format.create();
  return lines.map(parse).filter((parsed) => parsed !== undefined && parsed !== "skip");
}

const caddyLine = (request: object, more: object = {}): string =>
  JSON.stringify({
    level: "info",
    ts: TIME / 1000,
    logger: "http.log.access.log0",
    msg: "handled request",
    request: {
      remote_ip: "192.0.2.7",
      client_ip: "203.0.113.7",
      proto: "HTTP/2.0",
      method: "GET",
      host: "example.com",
      uri: "/a?b=1",
      headers: { "User-Agent": ["curl/8.5.0"], Accept: ["*/*", "text/html"] },
      ...request,
    },
    status: 200,
    ...more,
  });

describe("Caddy", () => {
  test("a line holds all headers", () => {
    const [entry] = read(caddy, caddyLine({ tls: { version: 772 } }));
    expect(entry).toMatchObject({
      time: TIME,
      client: "203.0.113.7",
      target: "/a?b=1",
      httpVersion: "2.0",
      tls: true,
      headers: { host: "example.com", "user-agent": "curl/8.5.0", accept: ["*/*", "text/html"] },
      status: 200,
    });
    expect(holdsHeader(entry!.holds, "cookie")).toBe(true);
  });

  test("a redacted header is not known", () => {
    const [entry] = read(caddy, caddyLine({ headers: { Cookie: ["REDACTED"] } }));
    expect(entry!.headers.cookie).toBeUndefined();
    expect(holdsHeader(entry!.holds, "cookie")).toBe(false);
    expect(holdsHeader(entry!.holds, "accept")).toBe(true);
  });

  test.each([
    ["seconds", TIME / 1000],
    ["milliseconds", TIME],
    ["a date", "2025-10-10T13:55:36Z"],
  ])("times are %s", (_, ts) => {
    expect(read(caddy, caddyLine({}, { ts }))[0]!.time).toBe(TIME);
  });

  test("an older version writes the client with its port", () => {
    const client = { client_ip: undefined, remote_ip: undefined };
    const lines = ["192.0.2.7:5000", "[2001:db8::1]:5000"].map((remote_addr) =>
      caddyLine({ ...client, remote_addr }),
    );
    expect(read(caddy, ...lines).map(({ client }) => client)).toEqual(["192.0.2.7", "2001:db8::1"]);
  });

  test("a header may be named as a property of every object", () => {
    const [entry] = read(caddy, caddyLine({}).replace('"Accept"', '"__proto__"'));
    expect(new LogHeaders(entry!.headers).entries()).toEqual([
      ["host", "example.com"],
      ["user-agent", "curl/8.5.0"],
      ["__proto__", "*/*, text/html"],
    ]);
    expect(new LogHeaders(entry!.headers).get("constructor")).toBeUndefined();
    expect(new LogHeaders(entry!.headers).values("__proto__")).toEqual(["*/*", "text/html"]);
  });

  test("cookies in fields of their own are one Cookie header", () => {
    const [entry] = read(caddy, caddyLine({ headers: { Cookie: ["a=1", "b=2"] } }));
    expect(new LogHeaders(entry!.headers).get("cookie")).toBe("a=1; b=2");
  });

  test("other messages are passed over", () => {
    const parse = caddy.create();
    expect(parse(JSON.stringify({ level: "info", ts: 1, msg: "serving initial config" }))).toBe(
      "skip",
    );
    expect(parse(caddyLine({}, { logger: "http.log.error.log0" }))).toBe("skip");
    const site = caddyLine({}, { logger: "http.log.access.www.error.example" });
    expect(parse(site)).toMatchObject({ time: TIME });
    expect(parse("{}")).toBeUndefined();
    expect(parse('{"level":')).toBeUndefined();
  });

  test("a path beyond ASCII is read as Node reads it, byte by byte", () => {
    const line = Buffer.from(caddyLine({ uri: "/caf\u00e9" })).toString("latin1");
    expect(read(caddy, line)[0]!.target).toBe("/caf\u00c3\u00a9");
  });
});

const traefikLine = (more: object = {}): string =>
  JSON.stringify({
    ClientAddr: "203.0.113.7:5000",
    ClientHost: "203.0.113.7",
    RequestMethod: "POST",
    RequestPath: "/a?b=1",
    RequestProtocol: "HTTP/1.1",
    RequestHost: "example.com",
    RequestScheme: "https",
    StartUTC: "2025-10-10T13:55:36Z",
    DownstreamStatus: 201,
    level: "info",
    msg: "",
    ...more,
  });

describe("Traefik", () => {
  test("only headers that stand in a line are known", () => {
    const [entry] = read(
      traefik,
      traefikLine({ "request_User-Agent": "a", request_Cookie: "REDACTED" }),
    );
    expect(entry).toMatchObject({
      time: TIME,
      client: "203.0.113.7",
      method: "POST",
      target: "/a?b=1",
      tls: true,
      headers: { host: "example.com", "user-agent": "a" },
      status: 201,
    });
    expect(
      ["user-agent", "cookie", "accept"].map((name) => holdsHeader(entry!.holds, name)),
    ).toEqual([true, false, false]);
  });

  test("lines with the same headers hold the same", () => {
    const older = traefikLine({ RequestScheme: undefined });
    const [one, two, three] = read(traefik, traefikLine(), traefikLine(), older);
    expect(one!.holds).toBe(two!.holds);
    expect([one!.holds.protocol, three!.holds.protocol]).toEqual([true, false]);
  });

  test("the address with its port names the client where nothing else does", () => {
    const lines = ["203.0.113.7:5000", "[2001:db8::1]:5000"].map((ClientAddr) =>
      traefikLine({ ClientAddr, ClientHost: undefined }),
    );
    expect(read(traefik, ...lines).map(({ client }) => client)).toEqual([
      "203.0.113.7",
      "2001:db8::1",
    ]);
  });

  test("other messages are passed over", () => {
    const parse = traefik.create();
    expect(parse('{"level":"info","msg":"Configuration loaded","time":"x"}')).toBe("skip");
    expect(parse("[]")).toBeUndefined();
  });
});

const albLine = (request: string, client = "203.0.113.7:2817", type = "https"): string =>
  `${type} 2025-10-10T13:55:36.000000Z app/my-lb/50dc6c495c0c9188 ${client} 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "${request}" "curl/8.5.0" ECDHE TLSv1.2 arn:aws:x "Root=1-58" "example.com" "arn:aws:acm" 1 2025-10-10T13:55:36.000000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"`;

describe("AWS load balancers", () => {
  test("the URL is host and target", () => {
    expect(read(alb, albLine("GET https://example.com:443/a?b=1 HTTP/1.1"))[0]).toMatchObject({
      time: TIME,
      client: "203.0.113.7",
      target: "/a?b=1",
      httpVersion: "1.1",
      tls: true,
      headers: { host: "example.com", "user-agent": "curl/8.5.0" },
      status: 200,
    });
  });

  test.each([
    ["IPv6 clients", albLine("GET http://h:80/ HTTP/1.1", "[2001:db8::1]:7"), "2001:db8::1", "/"],
    ["ports of the host", albLine("GET http://h:8080/ HTTP/1.1"), "203.0.113.7", "/"],
    ["queries without a path", albLine("GET http://h:80?a HTTP/1.1"), "203.0.113.7", "/?a"],
  ])("%s are read", (_, line, client, target) => {
    expect(read(alb, line)[0]).toMatchObject({ client, target });
  });

  test("what is no request is not read", () => {
    const lines = [
      albLine("- http://h:80- -"),
      albLine("GET / HTTP/1.1", "203.0.113.7:1", "tls"),
      "http 2025",
    ];
    expect(read(alb, ...lines)).toEqual([]);
  });
});

describe("CloudFront", () => {
  const fields =
    "date time c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-host-header cs-protocol cs-protocol-version";
  const values = [
    "2025-10-10",
    "13:55:36",
    "203.0.113.7",
    "GET",
    "d1.cloudfront.net",
    "/a%20b",
    "304",
    "-",
    "Mozilla/5.0%20(X11)",
    "b=1",
    "example.com",
    "https",
    "HTTP/2.0",
  ];

  test("the fields are those that the log names", () => {
    const [entry] = read(cloudfront, "#Version: 1.0", `#Fields: ${fields}`, values.join("\t"));
    expect(entry).toMatchObject({
      time: TIME,
      client: "203.0.113.7",
      target: "/a%20b?b=1",
      httpVersion: "2.0",
      tls: true,
      headers: { host: "example.com", "user-agent": "Mozilla/5.0 (X11)" },
      status: 304,
    });
    expect(entry!.headers.referer).toBeUndefined();
    expect(holdsHeader(entry!.holds, "referer")).toBe(true);
    expect(holdsHeader(entry!.holds, "cookie")).toBe(false);
  });

  test.each([
    ["https", true],
    ["wss", true],
    ["grpcs", true],
    ["http", false],
    ["ws", false],
  ])("%s is encrypted: %s", (protocol, tls) => {
    const line = values.with(11, protocol).join("\t");
    expect(read(cloudfront, `#Fields: ${fields}`, line)[0]!.tls).toBe(tls);
  });

  test("a user agent that was encoded twice is decoded twice", () => {
    const twice = values.with(8, "Mozilla/5.0%2520(X11)");
    const [entry] = read(cloudfront, `#Fields: ${fields}`, twice.join("\t"));
    expect(entry!.headers["user-agent"]).toBe("Mozilla/5.0 (X11)");
  });

  test("a remark of a client is no directive", () => {
    expect(cloudfront.create()("#garbage")).toBeUndefined();
    expect(cloudfront.create()("no tabs")).toBeUndefined();
  });
});

test("no line makes a parser throw", () => {
  const samples = [
    caddyLine({}),
    traefikLine(),
    albLine("GET http://h:80/ HTTP/1.1"),
    "#Fields: date time",
    "a\tb\tc",
  ];
  const damaged = fc
    .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(), fc.string())
    .map(([line, from, length, text]) => {
      const at = from % (line.length + 1);
      return line.slice(0, at) + text + line.slice(at + (length % 9));
    });
  const anything = fc.oneof(damaged, fc.json(), fc.string());
  for (const format of LINE_FORMATS) {
    const parse = format.create();
    fc.assert(
      fc.property(anything, (line) => {
        expect(() => parse(line)).not.toThrow();
      }),
    );
  }
});
