import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  addKey,
  createKey,
  createKeyring,
  MAX_KEYS,
  readKeyFile,
  revokeKey,
  siteKey,
} from "../src/index.ts";
import { bearerOf } from "../src/keys.ts";

const newFile = async (): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), "arcjet-keys-")), "keys.json");

describe("a key", () => {
  test("is recognised by its hash, which does not tell it", () => {
    const { key, stored } = createKey("shop");
    expect(key).toMatch(/^ajkey_[0-9a-z]{40}$/);
    expect(JSON.stringify(stored)).not.toContain(key.slice(6));
    const siteOf = createKeyring([createKey("blog").stored, stored]);
    expect(siteOf(key)).toBe("shop");
  });

  test("is no other key, and neither is its hash", () => {
    const { key, stored } = createKey("shop");
    const siteOf = createKeyring([stored]);
    for (const other of [
      createKey("shop").key,
      key.slice(0, -1),
      `${key}0`,
      key.toUpperCase(),
      stored.hash,
      "",
    ])
      expect(siteOf(other)).toBeUndefined();
  });

  test("is refused once it is revoked", () => {
    const { key, stored } = createKey("shop");
    expect(createKeyring([{ ...stored, revoked: "2026-01-01" }])(key)).toBeUndefined();
  });

  test.each(["", "Shop", "-shop", "a b", "x".repeat(64), "shop\n", 7])(
    "is for no site named %j",
    (site) => {
      expect(() => createKey(site as string)).toThrow("invalid site");
    },
  );

  test("may be for a site with a name of 63 characters", () => {
    expect(createKey("x".repeat(63)).stored.site).toHaveLength(63);
  });

  test.each(["ajkey_", "key_0123456789abcdef", `ajkey_${"x".repeat(251)}`])(
    "cannot be %s",
    (key) => {
      expect(() => siteKey(key, "shop")).toThrow("invalid key");
    },
  );

  test("can be as short as 7 and as long as 256 characters", () => {
    expect(siteKey("ajkey_0", "shop").site).toBe("shop");
    expect(siteKey(`ajkey_${"x".repeat(250)}`, "shop").site).toBe("shop");
  });

  test.each([
    ["Bearer ajkey_1", "ajkey_1"],
    ["bearer  ajkey_1", "ajkey_1"],
    ["Basic ajkey_1", undefined],
    ["ajkey_1", undefined],
    ["Bearer a b", undefined],
    [`Bearer ${"x".repeat(1000)}`, undefined],
    [undefined, undefined],
  ])("in the header %j is %j", (header, key) => {
    expect(bearerOf(header)).toBe(key);
  });
});

describe("a file of keys", () => {
  test("that is not there has none, and is made for its owner alone", async () => {
    const file = await newFile();
    expect(await readKeyFile(file)).toEqual([]);
    const { key, stored } = await addKey(file, "shop");
    expect(await readKeyFile(file)).toEqual([stored]);
    expect(await readFile(file, "utf8")).not.toContain(key);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test("keeps a revoked key, so that it stays known who had access", async () => {
    const file = await newFile();
    const { stored } = await addKey(file, "shop");
    await addKey(file, "blog");
    const at = new Date(0);
    expect(await revokeKey(file, stored.id, at)).toMatchObject({ revoked: at.toISOString() });
    expect((await readKeyFile(file)).map(({ site, revoked }) => [site, revoked])).toEqual([
      ["shop", at.toISOString()],
      ["blog", undefined],
    ]);
    await expect(revokeKey(file, stored.id)).rejects.toThrow("was revoked");
    await expect(revokeKey(file, "key_none")).rejects.toThrow("no key");
  });

  test.each([
    ["no JSON", "{", "not JSON"],
    ["no list", "{}", "no list"],
    ["null", "null", "no list"],
    ["an entry that is no key", '{"keys":[{"id":"a"}]}', "entry 0"],
    [
      "a hash that is none",
      '{"keys":[{"id":"a","site":"shop","created":"","hash":"x"}]}',
      "entry 0",
    ],
  ])("with %s is refused and left as it is", async (_, content, message) => {
    const file = await newFile();
    await writeFile(file, content);
    await expect(addKey(file, "shop")).rejects.toThrow(message);
    expect(await readFile(file, "utf8")).toBe(content);
  });

  test("loses nothing when two commands change it at once: one of them is refused", async () => {
    const file = await newFile();
    const outcomes = await Promise.allSettled([addKey(file, "shop"), addKey(file, "blog")]);
    const made = outcomes.filter(({ status }) => status === "fulfilled");
    expect(await readKeyFile(file)).toHaveLength(made.length);
    expect(made.length).toBeGreaterThan(0);
    await writeFile(`${file}.tmp`, "");
    await expect(addKey(file, "shop")).rejects.toThrow("is being changed");
  });

  test("holds no more keys than it may", async () => {
    const file = await newFile();
    const { stored } = createKey("shop");
    const full = (count: number) => JSON.stringify({ keys: Array(count).fill(stored) });
    await writeFile(file, full(MAX_KEYS));
    expect(await readKeyFile(file)).toHaveLength(MAX_KEYS);
    await expect(addKey(file, "shop")).rejects.toThrow(`already holds ${MAX_KEYS}`);
    await writeFile(file, full(MAX_KEYS + 1));
    await expect(readKeyFile(file)).rejects.toThrow(`more than ${MAX_KEYS}`);
  });
});
