import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { finish, newPath } from "./harness.ts";

describe("arcjet keys", () => {
  test("creates a key, which is all that it prints, and stores its hash", async () => {
    const file = await newPath("keys.json");
    const { code, out, err } = await finish(["keys", "create", "--site", "shop", "--file", file]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^ajkey_[0-9a-z]{40}$/)]);
    expect(err).toContain("only time");
    expect(await readFile(file, "utf8")).not.toContain(out);
  });

  test("lists keys as text and as JSON, without what they are recognised by", async () => {
    const file = await newPath("keys.json");
    await finish(["keys", "create", "--site", "shop", "--file", file]);
    await finish(["keys", "create", "--site", "blog", "--file", file]);
    const { out } = await finish(["keys", "list", "--file", file]);
    expect(out.split("\n").map((line) => line.split("\t")[1])).toEqual(["shop", "blog"]);
    const listed: unknown = JSON.parse(
      (await finish(["keys", "list", "--json", "--file", file])).out,
    );
    expect(listed).toMatchObject([{ site: "shop" }, { site: "blog" }]);
    expect(JSON.stringify(listed)).not.toContain("hash");
  });

  test("revokes a key, and keeps it in the list", async () => {
    const file = await newPath("keys.json");
    await finish(["keys", "create", "--site", "shop", "--file", file]);
    const id = (await finish(["keys", "list", "--file", file])).out.split("\t")[0]!;
    expect((await finish(["keys", "revoke", id, "--file", file])).code).toBe(0);
    expect((await finish(["keys", "list", "--file", file])).out).toContain("revoked");
    const again = await finish(["keys", "revoke", id, "--file", file]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("was revoked")]);
  });

  test("says that there are none", async () => {
    const { code, err } = await finish(["keys", "list", "--file", await newPath("none.json")]);
    expect([code, err]).toEqual([0, expect.stringContaining("has no keys")]);
  });

  test("refuses a site with a name that is none", async () => {
    const file = await newPath("keys.json");
    const { code, err } = await finish(["keys", "create", "--site", "A B", "--file", file]);
    expect([code, err]).toEqual([1, expect.stringContaining("lower-case letters")]);
  });
});
