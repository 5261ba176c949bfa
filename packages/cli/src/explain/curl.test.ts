import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCurl } from "./curl.ts";
import { MAX_COMMAND, shellWords } from "./shell-words.ts";

/** The words, or the one error that an open quote is; any other error is thrown on. */
function wordsOrError(command: string): readonly string[] | SyntaxError {
  try {
    return shellWords(command);
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
        expect(wordsOrError(command)).toBeDefined();
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
        agent,
        accept,
        ["accept", "text/html"],
        ["user-agent", "Mozilla/5.0"],
        ["cookie", "id=1; x=2"],
        ["content-type", "application/x-www-form-urlencoded"],
      ],
      body: `{"q":"it's"}`,
    });
  });

  test.each([
    ["data is posted", "curl x -d a=1 -d b=2", { method: "POST", body: "a=1&b=2" }],
    ["data may go into the query", "curl x?c -G -d a=1", { method: "GET", url: "x?c&a=1" }],
    ["HEAD", "curl -I x", { method: "HEAD" }],
    ["flags together", "curl -sSLkA ua x", { headers: [agent, accept, ["user-agent", "ua"]] }],
    ["a value attached", "curl -XPUT -Aua x", { method: "PUT" }],
    ["a value of another option is no URL", "curl -o out -m 3 --proxy p x", { url: "x" }],
    ["a cookie file is not read", "curl -b jar x", { headers: [agent, accept] }],
    ["a user", "curl -u a:b x", { headers: [agent, accept, ["authorization", "Basic YTpi"]] }],
    [
      "JSON",
      "curl --json {} x",
      { headers: [agent, accept, ["content-type", "application/json"]] },
    ],
  ])("%s", (_, command, request) => {
    expect(parseCurl(command)).toMatchObject(request);
  });

  test.each([
    ["another command", "wget x", "curl"],
    ["no URL", "curl -s", "URL"],
    ["an open quote", "curl 'x", "not closed"],
  ])("%s is refused", (_, command, message) => {
    expect(() => parseCurl(command)).toThrow(message);
  });
});
