import { describe, expect, test } from "vitest";
import { testDetector } from "../../test/cases.ts";
import { requestOf } from "../../test/request.ts";
import { createInspector } from "../inspect.ts";

testDetector("ssrf", {
  attacks: [
    "http://①②⑦.⓪.⓪.①/",
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.google.internal/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::ffff:127.0.0.1]/",
    "gopher://127.0.0.1:6379/_x",
    "http:127.0.0.1",
    "http://x.oastify.com/",
    "http://a.example@169.254.169.254/",
    "http:\\\\169.254.169.254\\",
    "//169.254.169.254/latest",
    "http://unix:/var/run/docker.sock:/x",
  ],
  suspicious: ["http://192.168.4.4/a", "http://localhost:3000/"],
  clean: [
    "http://localhost:3000 does not work",
    "see http://127.0.0.1:3000 in the guide",
    "what is 169.254.1.1",
    "https://8.8.8.8/",
    "http://1.example/",
  ],
});

testDetector("remote-file", {
  attacks: [
    "//a.example/x.php?",
    ["ftp://a.example/x.txt", "short"],
    "http://203.0.113.9/shell.txt",
    "https://a.example/x.php?",
  ],
  clean: [
    ["ftp://a.example/pub/", "short"],
    "https://a.example/",
    "https://a.example/?a=b",
    "https?",
    "ftp client",
  ],
});

testDetector("header-injection", {
  attacks: [
    ["en\r\nSet-Cookie: a=b", { field: "lang" }],
    "a\r\nSet-Cookie: b=c",
    "a\nLocation: https://a.example",
    "a\r\n\r\n<html>b",
    "GET http://a.example HTTP/1.1",
    ["a\r\nX-B: c", "name"],
    ["a\r\nX-B: c", "cookie"],
    ["a%0d%0aX-B: c", { header: "x-a" }],
  ],
  clean: [
    ["Hi,\r\nSet-Cookie: a=b is what I see", { field: "message" }],
    ["a\nTo: b\nSubject: c", "cookie"],
    "Dear all,\nLocation: Paris\nStatus: open",
    "line one\nline two: three",
    "HTTP 1.1 or 2",
    "get a life",
  ],
});

testDetector("smuggling", {
  attacks: [
    ["text/html; charset=utf-8; application/xml", { header: "content-type" }],
    ["application/json;text/plain", { header: "content-type" }],
    ["xchunked", { header: "transfer-encoding" }],
    ["chunked, identity", { header: "transfer-encoding" }],
    ["+4", { header: "content-length" }],
    ["4,x", { header: "content-length" }],
  ],
  clean: [
    ["application/json; charset=utf-8", { header: "content-type" }],
    ["multipart/related; type=application/xml", { header: "content-type" }],
    ["gzip, chunked", { header: "transfer-encoding" }],
    ["4", { header: "content-length" }],
    "text/html; application/xml",
  ],
});

describe("a session in the query", () => {
  const inspectRequest = createInspector();
  test.each([
    ["/a?PHPSESSID=0f8fad5b", "https://b.example/", 5],
    ["/a?x=1&jsessionid=0f8fad5b", "http://b.example", 5],
    ["/a?PHPSESSID=0f8fad5b", "https://shop.example/list", 0],
    ["/a?PHPSESSID=0f8fad5b", undefined, 0],
    ["/a?session_id=cs_7", "https://pay.example/", 0],
  ])("%s from %s scores %i", (target, referer, score) => {
    const headers = { host: "shop.example", ...(referer && { referer }) };
    expect(inspectRequest(requestOf(target, headers)).score).toBe(score);
  });
});

testDetector("mail-injection", {
  attacks: ["a\r\nRCPT TO:<a@b.example>", "a\nMAIL FROM:<a@b.example>", "a\r\nBcc: a@b.example"],
  clean: ["we got mail from Mars", "Hello\nTo: everyone"],
});

testDetector("upload", {
  attacks: [
    ["a.php", { header: "x-filename" }],
    ["a.phtml...", { header: "x-file-name" }],
    ["a. jsp ", { header: "x-filename" }],
    ["a.php", { field: "filename" }],
  ],
  clean: [["a.png", { header: "x-filename" }], ["php.pdf", { header: "x-filename" }], "a.php"],
});

testDetector("scanner", {
  attacks: [
    ["sqlmap/1.8", { header: "user-agent" }],
    ["Mozilla/5.0 (Nikto/2.5)", { header: "user-agent" }],
  ],
  clean: [
    ["Mozilla/5.0 (X11; Linux x86_64)", { header: "user-agent" }],
    ["curl/8.5.0", { header: "user-agent" }],
    "sqlmap tutorial",
  ],
});

testDetector("probe", {
  attacks: [],
  suspicious: [
    ["/jenkins/script", "path"],
    ["/wp-content/plugins/a/b.php", "path"],
    ["/web.config", "path"],
    ["/_ignition/health-check", "path"],
    ["/nacos/v1/auth/users", "path"],
    ["/.env", "path"],
    ["/app/.env.production", "path"],
    ["/.git/config", "path"],
    ["/wp-login.php", "path"],
    ["/phpmyadmin/", "path"],
    ["/backup.sql", "path"],
    ["/actuator/env", "path"],
    ["/%2egit/HEAD", "path"],
    ["/.CLAUDE/settings.json", "path"],
  ],
  clean: [
    ["/descriptors/a", "path"],
    ["/pages/about", "path"],
    ["/editor/fonts", "path"],
    ["/.well-known/security.txt", "path"],
    ["/a/b/raw/main/.env.example", "path"],
    ["/blog/what-is-dot-env", "path"],
    ["/docs/wp-login.php-explained", "path"],
    ["/a/tree/main/.github/workflows", "path"],
    ["/phpmyadmin-alternatives", "path"],
  ],
});

testDetector("framework", {
  attacks: [
    ["mail[#post_render][]", "name"],
    ["middleware:middleware:middleware", { header: "x-middleware-subrequest" }],
    ['{"then":"$1:__proto__:then"}', { field: "0" }],
    ["/a/..;/b", "path"],
    ["-d allow_url_include", "name"],
    ["/a;/../b", "path"],
  ],
  clean: [
    ["a", { header: "next-action" }],
    ["/a;v=1/b", "path"],
    ["/cgi-bin/report.exe", "path"],
    "then",
  ],
});
