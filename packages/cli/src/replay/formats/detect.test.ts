import { describe, expect, test } from "vitest";
import {
  createMixedParser,
  detectFormat,
  FORMAT_NAMES,
  formatNamed,
  LINE_FORMATS,
} from "./detect.ts";

const COMMON = '8.8.8.8 - - [10/Oct/2025:13:55:36 +0000] "GET /combined HTTP/1.1" 200 7';
const CADDY = JSON.stringify({
  level: "info",
  ts: 1_760_104_536,
  logger: "http.log.access",
  msg: "handled request",
  request: { remote_ip: "8.8.8.8", method: "GET", uri: "/caddy", headers: {} },
  status: 200,
});
const CADDY_MESSAGE = '{"level":"info","ts":1,"msg":"started"}';
const TRAEFIK = JSON.stringify({
  ClientHost: "8.8.8.8",
  RequestMethod: "GET",
  RequestPath: "/traefik",
  StartUTC: "2025-10-10T13:55:36Z",
  DownstreamStatus: 200,
  level: "info",
  msg: "",
});
const ALB =
  'http 2025-10-10T13:55:36.000000Z app/lb/50 8.8.8.8:2817 10.0.0.1:80 0.0 0.0 0.0 200 200 0 57 "GET http://h:80/alb HTTP/1.1" "-"';
const CLOUDFRONT =
  "2025-10-10\t13:55:36\tFRA2\t7\t8.8.8.8\tGET\td1.cloudfront.net\t/cloudfront\t200\t-\t-\t-";

describe("the format of a log is found out", () => {
  test.each([
    ["combined", [COMMON]],
    ["caddy", [CADDY_MESSAGE, CADDY]],
    ["traefik", [TRAEFIK]],
    ["alb", [ALB]],
    ["cloudfront", ["#Version: 1.0", CLOUDFRONT]],
    ["combined", ["garbage", "garbage", COMMON]],
  ])("%s", (name, lines) => {
    expect(detectFormat(lines)?.name).toBe(name);
  });

  test("or not, when there is none", () => {
    expect(detectFormat(["garbage", CADDY_MESSAGE])).toBeUndefined();
    expect(detectFormat([])).toBeUndefined();
  });

  test("every name that is offered is a format", () => {
    for (const name of FORMAT_NAMES) expect(formatNamed(name)).toBeDefined();
    expect(formatNamed("syslog")).toBeUndefined();
  });
});

describe.each(LINE_FORMATS)("a log that is mostly $name", (format) => {
  test("may hold lines of every other format", () => {
    const parse = createMixedParser(format);
    const lines = [COMMON, CADDY, TRAEFIK, ALB, CLOUDFRONT];
    const found = lines.map(parse).map((entry) => typeof entry === "object" && entry.target);
    expect(found).toEqual(["/combined", "/caddy", "/traefik", "/alb", "/cloudfront"]);
  });

  test("keeps what no format reads apart from what is passed over", () => {
    const parse = createMixedParser(format);
    expect(["garbage", "", "{}", "#garbage"].map(parse)).toEqual(Array(4).fill(undefined));
    expect([CADDY_MESSAGE, "#Version: 1.0"].map(parse)).toEqual(["skip", "skip"]);
  });
});
