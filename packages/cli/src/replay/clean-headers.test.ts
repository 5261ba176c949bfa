import fc from "fast-check";
import { expect, test } from "vitest";
import { CleanHeaders, MAX_LENGTH, MAX_VALUES } from "./clean-headers.ts";

test("a value is known to be clean once it was looked at, which is when it comes again", () => {
  const clean = new CleanHeaders();
  const seen = [1, 2, 3].map(() => clean.has("referer", "https://example.com/"));
  expect(seen).toEqual([false, true, true]);
  expect(clean.has("x-other", "https://example.com/")).toBe(false);
});

test.each([
  ["referer", "https://example.com/?id=1' UNION SELECT a,b FROM users--"],
  ["user-agent", "() { :; }; /bin/cat /etc/passwd"],
  ["x-api-version", "${jndi:ldap://example.com/a}"],
])("an attack in %s never is", (name, value) => {
  const clean = new CleanHeaders();
  expect([1, 2, 3, 4].map(() => clean.has(name, value))).toEqual([false, false, false, false]);
});

test("a long value is searched every time", () => {
  const clean = new CleanHeaders();
  const again = (length: number): boolean =>
    [1, 2].map(() => clean.has("x", "a".repeat(length))).at(-1)!;
  expect([again(MAX_LENGTH), again(MAX_LENGTH + 1)]).toEqual([true, false]);
});

test("no more values are remembered than fit", () => {
  const clean = new CleanHeaders();
  for (let n = 0; n < MAX_VALUES; n++) clean.has("x", `${n}`);
  expect(clean.size).toBe(MAX_VALUES);
  clean.has("x", "one more");
  expect(clean.size).toBe(1);
});

test("the answer about a value that was looked at stays the same", () => {
  const clean = new CleanHeaders();
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      clean.has("x", value);
      const again = clean.has("x", value);
      expect(clean.has("x", value)).toBe(again);
    }),
  );
});
