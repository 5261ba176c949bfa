import { expect, test } from "vitest";
import { requestOf } from "../test/requests.ts";
import { explain } from "./explain.ts";
import { MAX_TEXT } from "./request.ts";

test("every sub-expression is given with its value and what it looked at", () => {
  const explanation = explain(
    '(ip.src.vpn or lower(http.request.method) eq "get") and not http.request.headers["x"] ne "a"',
    requestOf(),
  );
  expect(explanation).toMatchObject({ value: undefined, open: "absent", operands: {} });
  const [either, negation] = explanation.parts;
  expect(either).toMatchObject({
    expression: '(ip.src.vpn or lower(http.request.method) eq "get")',
    value: true,
    parts: [
      { value: undefined, open: "ip-data", note: "ip.src.vpn is not known for this address." },
      {
        value: true,
        operands: { "lower(http.request.method)": "get", "http.request.method": "GET" },
      },
    ],
  });
  expect(negation?.parts[0]).toMatchObject({
    expression: 'http.request.headers["x"] ne "a"',
    value: undefined,
    open: "absent",
    operands: { 'http.request.headers["x"]': undefined },
    note: 'http.request.headers["x"] is absent, so this is neither true nor false; exists(http.request.headers["x"]) tells.',
  });
});

test("a comparison over all values shows them", () => {
  const explanation = explain('any(local[*] eq "b")', requestOf(), { local: { y: "b", x: "a" } });
  expect(explanation).toMatchObject({
    value: true,
    operands: { "local[*]": ["a", "b"] },
    parts: [],
  });
});

test("what is too long to be read is said to be so", () => {
  const query = `?a=${"x".repeat(MAX_TEXT)}`;
  const expression = 'any(http.request.uri.args[*] eq "b") or len(http.request.uri.args["a"]) eq 0';
  const { value, open, parts } = explain(expression, requestOf({ query }));
  expect({ value, open }).toEqual({ value: undefined, open: "too-long" });
  expect(parts).toMatchObject([
    { open: "too-long", operands: { "http.request.uri.args[*]": undefined } },
    { open: "too-long", note: expect.stringContaining(`longer than ${MAX_TEXT} characters`) },
  ]);
});

test("a pattern that takes too many steps is said to do so", () => {
  const path = "x".repeat(MAX_TEXT);
  const explanation = explain('http.request.uri.path matches "x.{1000}y"', requestOf({ path }));
  expect(explanation).toMatchObject({
    value: undefined,
    open: "too-long",
    operands: { "http.request.uri.path": path },
    note: expect.stringContaining("too many steps"),
  });
});

test("lists and IP data are used as in a filter", () => {
  const options = { lists: { eu: ["AT"] }, facts: { country: "AT", isVpn: false } };
  expect(explain("ip.src.country in $eu and not ip.src.vpn", requestOf(), options)).toMatchObject({
    value: true,
    parts: [
      { value: true, operands: { "ip.src.country": "AT" } },
      { value: true, parts: [{ value: false, operands: { "ip.src.vpn": "false" } }] },
    ],
  });
});
