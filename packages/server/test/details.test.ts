// Details that are stored together.
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packDetails, unpackDetail } from "../src/log/details.ts";
import { gatherLines } from "../src/log/lines.ts";

async function packed(lines: readonly string[]): Promise<Uint8Array> {
  const details = gatherLines();
  for (const line of lines) details.add(line);
  return packDetails(details.take());
}

/** Lines as a detail has them, or the one line of earlier versions. */
const kinds = [
  ["of ten lines", (text: string) => `[${text}]${"\n1".repeat(9)}`],
  ["of one line, as earlier versions wrote them,", (text: string) => `{${text}}`],
] as const;

describe.each(kinds)("details %s", (_, detailOf) => {
  test("are read as they were, whatever stands in them", async () => {
    const text = fc.string({ unit: "grapheme" }).map((one) => detailOf(JSON.stringify(one)));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 20 }), async (details) => {
        const data = await packed(details);
        for (const [at, one] of details.entries()) expect(await unpackDetail(data, at)).toBe(one);
        expect(await unpackDetail(data, details.length)).toBeUndefined();
      }),
    );
  });

  test("are found among many", async () => {
    const details = Array.from({ length: 2_500 }, (_, at) =>
      detailOf(`${at} ${"é".repeat(at % 50)}`),
    );
    const data = await packed(details);
    for (const at of [0, 1, 600, 2_499]) expect(await unpackDetail(data, at)).toBe(details[at]);
    expect(data.length).toBeLessThan(details.join("\n").length / 5);
  });
});

test.each([
  ["are empty", new Uint8Array()],
  ["are damaged", new Uint8Array([7, 7, 7])],
  ["end too early", deflateRawSync("{}\n").subarray(0, -1)],
  ["have no end", deflateRawSync("{}")],
  ["lack a line", deflateRawSync("[]\n".repeat(9))],
])("those that %s are not read", async (_, data) => {
  expect(await unpackDetail(data, 0)).toBeUndefined();
});

test("those that swell beyond what is ever written are not read", async () => {
  const swollen = (bytes: number) => deflateRawSync(Buffer.alloc(bytes, "\n"));
  expect(await unpackDetail(swollen(64 * 2 ** 20), 0)).toBe("");
  expect(await unpackDetail(swollen(64 * 2 ** 20 + 1), 0)).toBeUndefined();
});
