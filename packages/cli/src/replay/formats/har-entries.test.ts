import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_ENTRY, splitEntries } from "./har-entries.ts";

/** The entries of a document whose bytes come in chunks of a size. */
async function split(text: string, size: number = Infinity): Promise<(string | undefined)[]> {
  const bytes = Buffer.from(text);
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += size)
      yield bytes.subarray(at, Math.min(at + size, bytes.length));
  };
  const entries: (string | undefined)[] = [];
  for await (const found of splitEntries(chunks()))
    entries.push(...found.map((entry) => entry?.toString()));
  return entries;
}

test("entries are found wherever the chunks end", async () => {
  const entry = fc.dictionary(fc.string(), fc.jsonValue());
  const before = fc.dictionary(
    fc.string().filter((name) => name !== "entries"),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(
      before,
      fc.array(entry),
      fc.integer({ min: 1, max: 64 }),
      async (before, entries, size) => {
        const text = JSON.stringify({ log: { ...before, entries, after: [{}] } }, null, size % 3);
        const found = await split(text, size);
        expect(found.map((text) => JSON.parse(text ?? "null"))).toEqual(
          JSON.parse(JSON.stringify(entries)),
        );
      },
    ),
  );
});

test.each([
  ["entries elsewhere", '{"entries":[{}],"log":{"pages":[{"entries":[{}]}],"entries":[{"a":1}]}}'],
  ["braces in texts", String.raw`{"log":{"x":"\"entries\":[{","entries":[{"a":1}]}}`],
  ["what is no object", '{"log":{"entries":[1,"{}",[{}],null,{"a":1}]}}'],
  ["what comes after", '{"log":{"entries":[{"a":1}],"entries":[{}]}}{"log":{"entries":[{}]}}'],
])("%s count for nothing", async (_, text) => {
  const [first, ...rest] = await split(text);
  expect([JSON.parse(first ?? "null"), rest]).toEqual([{ a: 1 }, []]);
});

test.each([
  ["no document", "", "no log.entries"],
  ["no log", '{"entries":[{}]}', "no log.entries"],
  ["no list", '{"log":{"entries":{"a":[{}]}}}', "no log.entries"],
  ["an end within an entry", '{"log":{"entries":[{},{', "ends within"],
  ["an end between entries", '{"log":{"entries":[{},', "ends within"],
])("%s is an error", async (_, text, message) => {
  await expect(split(text)).rejects.toThrow(message);
});

test("an entry may be long, and no longer", async () => {
  const entry = (length: number): string => `{"a":"${"x".repeat(length - 8)}"}`;
  const [longest, longer, next] = await split(
    `{"log":{"entries":[${entry(MAX_ENTRY)},${entry(MAX_ENTRY + 1)},{}]}}`,
    1_048_576,
  );
  expect([longest?.length, longer, next]).toEqual([MAX_ENTRY, undefined, "{}"]);
});
