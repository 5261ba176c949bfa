import { describe, expect, test } from "vitest";
import { FilterError, type FilterErrorKind } from "./error.ts";
import { MAX_HASHES, MAX_NESTING } from "./lexer.ts";
import { MAX_EXPRESSION_BYTES, parse } from "./parser.ts";
import { MAX_ARGUMENTS } from "./scheme.ts";

function mistake(expression: string): FilterError {
  try {
    parse(expression);
  } catch (error) {
    if (error instanceof FilterError) return error;
    throw error;
  }
  throw new Error(`${expression} was accepted`);
}

/** Expression with the wrong part in « », its kind, and a word of the hint. */
type Row = [string, FilterErrorKind, string?];

describe("mistakes are shown where they are", () => {
  test.each<Row>([
    ['«http.blob» contains "a"', "unknown-field"],
    ['«http.hst» eq "a"', "unknown-field", "http.host"],
    ['«http.user_agent» eq "a"', "unknown-field", 'http.request.headers["user-agent"]'],
    ['«http.path» eq "a"', "unknown-field", "http.request.uri.path.canonical"],
    ['«ip.src.asn» eq "a"', "unknown-field", "ip.src.asnum"],
    ['«http.request.headers.user»-agent eq "a"', "unknown-field", "brackets"],
    ['«User»-Agent contains "curl"', "unknown-field", 'http.request.headers["user-agent"]'],
    ['«user_agent» contains "curl"', "unknown-field", 'http.request.headers["user-agent"]'],
    ['«local.plan» eq "a"', "unknown-field", 'local["plan"]'],
    ['«http.request.cookie.a_b» eq "a"', "unknown-field", 'http.request.cookie["a_b"]'],
    ["«vpn»", "unknown-field", "ip.src.vpn"],
    ['«request.headers»["a"] eq "b"', "unknown-field", "http.request.headers"],
    ["ip.src.vpn and «and» ip.src.tor", "unknown-field"],
    ["«AND» ip.src.tor", "unknown-field", "lower case"],
    ["«cf.threat_score» gt 10", "unknown-field"],
    ["«true»", "unknown-field", "constants"],
    ['«http.request.body» eq ""', "unknown-field", "body"],
    ['«startswith»(http.host, "a")', "unknown-function", "starts_with"],
    ["«lenn»(http.host) eq 1", "unknown-function", "len"],
    ["«length»(http.host) eq 1", "unknown-function", "len()"],
    ['«has_key»(local, "a")', "unknown-function", "known are"],
    ["«» ", "syntax"],
    ["«#» c", "syntax", "comments"],
    ['«"»a" eq http.host', "syntax", "field comes first"],
    ['http.«"»a" eq "b"', "syntax"],
    ['http.host «like» "a"', "syntax"],
    ['http.host «contians» "a"', "syntax", "contains"],
    ['http.host «frobs» "a"', "syntax"],
    ['http.host «not» in {"a"}', "syntax", "before the whole"],
    ['http.host «!»in {"a"}', "syntax", "before the whole"],
    ['any(local[*]«)» eq "a"', "syntax", "inside"],
    ["ip.src.vpn «& ip.src.tor»", "syntax", "`and`"],
    ["ip.src.vpn «| ip.src.tor»", "syntax", "`or`"],
    ["ip.src in «1»0.0.0.0/8", "syntax", "{10.0.0.0/8}"],
    ["len(http.host) in «1»", "syntax", "{10.0.0.0/8}"],
    ["http.host eq «1»", "literal", '"1"'],
    ["http.host eq «“a”»", "literal", "double quotes"],
    ["http.host eq« »", "literal"],
    ['http.host matches «"["»', "literal", "a quote is a character"],
    ["ip.src in «$office»", "unknown-list", "lists"],
    ["ip.src in $«-»a", "syntax"],
    ['http.host «=» "a"', "syntax", "=="],
    ['http.host «\t»eq "a"', "syntax", "tab"],
    ["http.host eq «'a'»", "literal", "double quotes"],
    ["http.host eq «GET»", "literal", '"GET"'],
    ["ip.src.asnum eq «AS15169»", "literal", "without AS"],
    ['ip.src eq «"»1.1.1.1"', "literal", "not quoted"],
    ["ip.src eq «10.0.0.0/8»", "literal", "in {"],
    ["ip.src in {«127.0.0.1/8»}", "literal"],
    ["ip.src in {«1.1.1.9..1.1.1.1»}", "literal"],
    ["ip.src in {«::/129»}", "literal"],
    ['http.host in {"a"«,» "b"}', "syntax"],
    ['http.host in {"a"« »', "syntax"],
    ["ip.src.vpn «eq true»", "syntax", "not compared"],
    ['http.host eq "a" «# c»', "syntax", "comments"],
    ['http.host eq "a" «AND ip.src.vpn»', "syntax", "lower case"],
    ['«(»http.host eq "a"', "syntax"],
    ['http.host eq "a"«)»', "syntax", "no parenthesis"],
    ['http.host eq "a«\\n»"', "literal", "raw"],
    ['http.host eq «"a»', "literal"],
    ['http.host eq «r#"a"»', "literal"],
    ["len(http.host) eq «09»", "literal", "octal"],
    ["len(http.host) eq «9223372036854775808»", "literal"],
    ["len(http.host) in {«5..1»}", "literal"],
    ["http.host «&» 1", "type", "contains"],
    ['len(http.host) «contains» "1"', "type"],
    ['«http.request.headers» eq "a"', "type", '["key"]'],
    ['«http.request.headers[*]» eq "a"', "type", "any"],
    ['any(«http.host» eq "a")', "type", "[*]"],
    ["len(«ip.src») eq 4", "type"],
    ["«len()» eq 4", "type"],
    ['lower(«"A"») eq "a"', "type"],
    ['«http.host["a"]» eq "a"', "type"],
    ['http.request.headers[«a»] eq "a"', "syntax", "double quotes"],
    ['http.request.headers[«"\\xff"»] eq "a"', "literal"],
    ['http.host matches "a«(»b"', "pattern"],
    ['http.host matches "\\"x\\"«(»"', "pattern"],
    ['http.host matches r"ab«(?=»c)"', "pattern"],
    ['http.host wildcard «"a**"»', "pattern"],
    ['http.host «strict»  wildcard "a"', "syntax", "one blank"],
  ])("%s", (marked, kind, hint) => {
    const [before = "", wrong = ""] = marked.split(/[«»]/);
    const error = mistake(marked.replace(/[«»]/g, ""));
    expect({ kind: error.kind, offset: error.offset, length: error.length }).toEqual({
      kind,
      offset: before.length,
      length: Math.max(1, wrong.length),
    });
    expect(error.hint ?? "").toContain(hint ?? "");
  });

  test("the message shows the line with carets under the place", () => {
    const error = mistake('http.host eq "é" or\n  http.hst eq "a" or ip.src.vpn');
    expect(error.message.split("\n")).toEqual([
      "Filter expression error at line 2, column 3: there is no field `http.hst`",
      '  http.hst eq "a" or ip.src.vpn',
      "  ^^^^^^^^",
      "Hint: did you mean http.host?",
    ]);
    expect(error).toMatchObject({ code: "FILTER_EXPRESSION", name: "FilterError" });
  });

  test("a long line is shown around the place only", () => {
    const [, shown = "", carets = ""] = mistake(
      `${'http.host eq "a" or '.repeat(20)}x eq "a"`,
    ).message.split("\n");
    expect(shown.length).toBeLessThanOrEqual(120);
    expect(shown[carets.indexOf("^")]).toBe("x");
  });
});

describe("limits", () => {
  const sized = (bytes: number) => `http.host eq "${"a".repeat(bytes - 15)}"`;
  test("an expression has so many bytes at most", () => {
    expect(parse(sized(MAX_EXPRESSION_BYTES)).kind).toBe("compare");
    expect(mistake(sized(MAX_EXPRESSION_BYTES + 1)).kind).toBe("limit");
    expect(mistake(`http.host eq "${"é".repeat(MAX_EXPRESSION_BYTES / 2 - 7)}"`).kind).toBe(
      "limit",
    );
  });

  test.each([
    ["parentheses", (n: number) => `${"(".repeat(n)}ip.src.vpn${")".repeat(n)}`],
    ["negations", (n: number) => `${"!".repeat(n)}ip.src.vpn`],
    ["calls", (n: number) => `${"lower(".repeat(n)}http.host${")".repeat(n)} eq "a"`],
  ])("nesting of %s has a limit", (_, nested) => {
    expect(parse(nested(MAX_NESTING))).toBeDefined();
    expect(mistake(nested(MAX_NESTING + 1)).kind).toBe("limit");
  });

  test("a raw text has so many # at most", () => {
    const raw = (n: number) => `http.host eq r${"#".repeat(n)}"a"${"#".repeat(n)}`;
    expect(parse(raw(MAX_HASHES)).kind).toBe("compare");
    expect(mistake(raw(MAX_HASHES + 1)).kind).toBe("literal");
  });

  test("concat() takes so many arguments at most", () => {
    const call = (n: number) => `concat(${Array(n).fill("http.host").join(",")}) eq "a"`;
    expect(parse(call(MAX_ARGUMENTS)).kind).toBe("compare");
    expect(mistake(call(MAX_ARGUMENTS + 1)).kind).toBe("type");
  });
});
