import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCurl } from "./curl.ts";
import { MAX_COMMAND, shellWords } from "./shell-words.ts";

/** What is read, or the one error that a wrong command is; any other error is thrown on. */
function readOrError<Read>(read: () => Read): Read | SyntaxError {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof SyntaxError) return cause;
    throw cause;
  }
}

describe("words of a shell", () => {
  test.each([
    ["plain words", "curl  a\tb\n", ["curl", "a", "b"]],
    ["single quotes", "a 'b \" c'\\''d'", ["a", "b \" c'd"]],
    ["double quotes", String.raw`"a \"b\" \\ \$x 'c'"`, [`a "b" \\ $x 'c'`]],
    ["ANSI quotes", String.raw`$'a\'b\n\x41\u00e9'`, ["a'b\nAé"]],
    ["a line that goes on", "curl \\\n  -H 'a: b' \\\r\n  c", ["curl", "-H", "a: b", "c"]],
    ["parts of one word", `a'b'"c"\\ d`, ["abc d"]],
    ["an empty word", "a '' b", ["a", "", "b"]],
    ["a dollar alone", "a$b $", ["a$b", "$"]],
    ["nothing", " ", []],
  ])("%s", (_, command, words) => {
    expect(shellWords(command)).toEqual(words);
  });

  test("any word that is quoted is read again", () => {
    const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (words) => {
        expect(shellWords(words.map(quoted).join(" "))).toEqual(words);
      }),
    );
  });

  test("whatever it is, it ends with words or one of two errors", () => {
    const unit = fc.constantFrom("'", '"', "\\", "$", "a", " ", "\n");
    fc.assert(
      fc.property(fc.string({ unit }), (command) => {
        expect(readOrError(() => shellWords(command))).toBeDefined();
      }),
    );
  });

  test("a command may be long, and no longer", () => {
    const command = "x".repeat(MAX_COMMAND);
    expect(shellWords(command)).toEqual([command]);
    expect(() => shellWords(`${command}x`)).toThrow(RangeError);
  });
});

describe("a curl command", () => {
  const agent = ["user-agent", "curl/8.5.0"];
  const accept = ["accept", "*/*"];
  const form = ["content-type", "application/x-www-form-urlencoded"];

  test("as a browser copies it", () => {
    const command = String.raw`curl 'https://example.com/a?b=1' \
  -X 'POST' \
  -H 'accept: text/html' \
  -H 'user-agent: Mozilla/5.0' \
  -b 'id=1; x=2' \
  --data-raw '{"q":"it'\''s"}' \
  --compressed --insecure`;
    expect(parseCurl(command)).toEqual({
      method: "POST",
      url: "https://example.com/a?b=1",
      headers: [
        ["accept-encoding", "deflate, gzip, br, zstd"],
        form,
        ["cookie", "id=1; x=2"],
        ["accept", "text/html"],
        ["user-agent", "Mozilla/5.0"],
      ],
      body: `{"q":"it's"}`,
    });
  });

  // Each was compared with what curl 7.88 sends.
  test.each([
    ["data is posted", "curl x -d a=1 -d b=2", { method: "POST", body: "a=1&b=2" }],
    ["data is not read from a file", "curl x -d @secret", { method: "POST", body: "" }],
    ["raw data is no file", "curl x --data-raw @x", { body: "@x" }],
    ["data is encoded", "curl x --data-urlencode 'q=ö (1)&~'", { body: "q=%C3%B6+%281%29%26~" }],
    ["data has no name", "curl x --data-urlencode =a=b --data-urlencode c", { body: "a%3Db&c" }],
    ["data may go into the query", "curl x?c -G -d a=1", { method: "GET", url: "http://x/?c&a=1" }],
    [
      "a query of its own",
      "curl x --url-query 'a=b c' --url-query +d",
      { url: "http://x/?a=b+c&d" },
    ],
    ["HEAD", "curl -I x", { method: "HEAD" }],
    ["an upload", "curl -T f x", { method: "PUT", body: "" }],
    ["flags together", "curl -sSLkA ua x", { headers: [["user-agent", "ua"], accept] }],
    ["a value attached", "curl -XPUT -Aua x", { method: "PUT" }],
    ["a value of another option is no URL", "curl -o out -m 3 --proxy p x", { url: "http://x/" }],
    ["a cookie file is not read", "curl -b jar x", { headers: [agent, accept] }],
    [
      "cookies",
      "curl -b a=1 -b 'b=2; c=3' x",
      { headers: [agent, accept, ["cookie", "a=1;b=2; c=3"]] },
    ],
    ["a user", "curl -u a:ö x", { headers: [agent, accept, ["authorization", "Basic YTrDtg=="]] }],
    [
      "a token",
      "curl --oauth2-bearer t x",
      { headers: [agent, accept, ["authorization", "Bearer t"]] },
    ],
    [
      "headers of each kind",
      "curl -H Accept: -H 'X-E;' -H 'X: 1' -H 'X: 2' x",
      { headers: [agent, ["X-E", ""], ["X", "1"], ["X", "2"]] },
    ],
    ["no user agent", "curl -A '' x", { headers: [accept] }],
    ["a scheme that is left out", "curl example.com/x", { url: "http://example.com/x" }],
    ["dot segments", "curl x/../a/./b/../c/..", { url: "http://x/a/" }],
    ["dot segments that are wanted", "curl --path-as-is x/a/../b", { url: "http://x/a/../b" }],
    ["a fragment", "curl 'x/a?b#c'", { url: "http://x/a?b" }],
    ["a target of its own", "curl --request-target '*' -X OPTIONS x", { url: "http://x*" }],
    ["a prompt and a path", "$ /usr/bin/curl x", { url: "http://x/" }],
    [
      "JSON",
      "curl --json '[1' --json ',2]' x",
      {
        headers: [agent, ["accept", "application/json"], ["content-type", "application/json"]],
        body: "[1,2]",
      },
    ],
  ])("%s", (_, command, request) => {
    expect(parseCurl(command)).toMatchObject(request);
  });

  test("a form is sent in parts, without the files that it names", () => {
    const command = "curl -F a=b -F 'c=@dir/d.txt' -F 'e=f;type=text/x' --form-string g=@h x";
    const { method, headers, body } = parseCurl(command);
    const [, type = ""] = headers.find(([name]) => name === "content-type") ?? [];
    const parts = body?.split(`--${type.replace(/^.*boundary=/, "")}`);
    expect(method).toBe("POST");
    expect(parts).toEqual([
      "",
      '\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n',
      '\r\nContent-Disposition: form-data; name="c"; filename="d.txt"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n',
      '\r\nContent-Disposition: form-data; name="e"\r\nContent-Type: text/x\r\n\r\nf\r\n',
      '\r\nContent-Disposition: form-data; name="g"\r\n\r\n@h\r\n',
      "--\r\n",
    ]);
  });

  test.each([
    ["another command", "wget x", "curl"],
    ["no URL", "curl -s", "URL"],
    ["an open quote", "curl 'x", "not closed"],
    ["a command for cmd.exe", 'curl ^"https://example.com/^"', "bash"],
  ])("%s is refused", (_, command, message) => {
    expect(() => parseCurl(command)).toThrow(message);
  });

  test("whatever it is, it ends with a request or one of two errors", () => {
    const words = fc.constantFrom(
      "-d",
      "-G",
      "-F",
      "-H",
      "--json",
      "a=b",
      "@x",
      ":",
      "-",
      "x/..",
      "=",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string())), (parts) => {
        const read = readOrError(() => parseCurl(`curl ${parts.join(" ")}`));
        expect(read instanceof SyntaxError || /^[A-Za-z]+:\/\//.test(read.url)).toBe(true);
      }),
    );
  });
});
