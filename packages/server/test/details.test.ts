// Details that are stored together.
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gatherDetails, packDetails, unpackDetail } from "../src/log/details.ts";

async function packed(lines: readonly string[]): Promise<Uint8Array> {
  const details = gatherDetails();
  for (const line of lines) details.add(line);
  return packDetails(details.take());
}

test("each is read as it was, whatever stands around it", async () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
      const data = await packed(lines);
      for (const [at, one] of lines.entries()) expect(await unpackDetail(data, at)).toBe(one);
      expect(await unpackDetail(data, lines.length)).toBeUndefined();
    }),
  );
});

test("many are read as they were", async () => {
  const lines = Array.from({ length: 2_500 }, (_, at) => `${at} ${"é".repeat(at % 50)}`);
  const data = await packed(lines);
  for (const at of [0, 1, 600, 2_499]) expect(await unpackDetail(data, at)).toBe(lines[at]);
  expect(data.length).toBeLessThan(lines.join("\n").length / 5);
});

test.each([
  ["are empty", new Uint8Array()],
  ["are damaged", new Uint8Array([7, 7, 7])],
  ["end too early", deflateRawSync("{}\n").subarray(0, -1)],
  ["have no end", deflateRawSync("{}")],
])("those that %s are not read", async (_, data) => {
  expect(await unpackDetail(data, 0)).toBeUndefined();
});

test("those that swell beyond what is ever written are not read", async () => {
  const swollen = (bytes: number) => deflateRawSync(Buffer.alloc(bytes, "\n"));
  expect(await unpackDetail(swollen(64 * 2 ** 20), 0)).toBe("");
  expect(await unpackDetail(swollen(64 * 2 ** 20 + 1), 0)).toBeUndefined();
});
