import { expect, it } from "vitest";
import { createIds } from "./id.ts";

it("writes a UUIDv7 as TypeID does", () => {
  // RFC 9562, example A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F.
  const bytes = [0x7c, 0xc3, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
  const next = createIds(
    "lreq",
    () => 0x017f22e279b0,
    (pool) => pool.set(bytes),
  );
  let value = 0x017f22e279b07cc398c4dc0c0c07398fn;
  let text = "";
  for (let i = 0; i < 26; i++, value >>= 5n)
    text = "0123456789abcdefghjkmnpqrstvwxyz"[Number(value & 31n)] + text;
  expect(next()).toBe(`lreq_${text}`);
});

it("never gives an id twice, and sorts by time", () => {
  let time = 1_700_000_000_000;
  const next = createIds("lreq", () => (time += 1));
  const ids = Array.from({ length: 1000 }, next);
  expect(new Set(ids).size).toBe(1000);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids[0]).toMatch(/^lreq_[0-9a-hjkmnp-tv-z]{26}$/);
});
