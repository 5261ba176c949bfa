import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { workspace } from "./replay-command.ts";

const TABLE =
  "1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET\n8.8.8.0\t8.8.8.255\t15169\tUS\tGOOGLE\n";

describe("arcjet data", () => {
  test("builds a file, and tells what is in it", async () => {
    const { arcjet, path } = await workspace({ "table.tsv": TABLE, "tor.txt": "8.8.8.8\n" });
    const file = path("ip.pack");
    const sources = [`table=${path("table.tsv")}`, `tor=${path("tor.txt")}`];
    const built = await arcjet(["data", "build", ...sources, "--file", file]);
    expect([built.code, built.err]).toEqual([0, ""]);
    const { out } = await arcjet(["data", "info", file, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ networks: 2, lists: { v4: ["tor"] } });
    expect((await arcjet(["data", "info", file])).out).toContain("2 networks");
  });

  test("updates from publishers, and leaves the old file when they are away", async () => {
    const { arcjet, path } = await workspace({ "ip.pack": "old" });
    const file = path("ip.pack");
    const away: typeof fetch = async () => new Response("", { status: 503 });
    const failed = await arcjet(["data", "update", "--file", file], { fetch: away });
    expect([failed.code, failed.err]).toEqual([1, expect.stringMatching(/^arcjet: .*503/m)]);
    expect(await readFile(file, "utf8")).toBe("old");
  });

  test.each([
    ["nothing to do", ["data"], 2, "update, build, info"],
    ["no source", ["data", "build"], 2, "table="],
    ["a source that is none", ["data", "build", "x"], 2, "KIND=PLACE"],
    ["no file", ["data", "info", "/nonexistent/ip.pack"], 1, "/nonexistent/ip.pack"],
  ])("%s is told in one line", async (_, args, expected, message) => {
    const { arcjet } = await workspace({});
    const { code, err } = await arcjet(args);
    expect([code, err]).toEqual([expected, expect.stringMatching(/^arcjet: [^\n]*$/)]);
    expect(err).toContain(message);
  });
});

describe("arcjet bots", () => {
  const list = JSON.stringify({ prefixes: [{ ipv4Prefix: "66.249.64.0/27" }] });

  test("writes the lists that could be read, and names the others", async () => {
    const { arcjet, path } = await workspace({});
    const file = path("bots.json");
    const some: typeof fetch = async (url) =>
      String(url).includes("googlebot") ? new Response(list) : new Response("", { status: 404 });
    const { code, out, err } = await arcjet(["bots", "update", "--file", file], { fetch: some });
    expect(code).toBe(0);
    expect(out).toContain("Googlebot: 1 blocks, not all of them");
    expect(err).toContain("the list of Bingbot could not be read");
    const { ranges } = JSON.parse(await readFile(file, "utf8"));
    expect(ranges).toEqual([{ name: "Googlebot", ranges: ["66.249.64.0/27"], complete: false }]);
  });

  test("writes nothing when none could be read", async () => {
    const { arcjet, path } = await workspace({ "bots.json": "old" });
    const away: typeof fetch = async () => Promise.reject(new Error("no network"));
    const args = ["bots", "update", "--file", path("bots.json")];
    const { code, err } = await arcjet(args, { fetch: away });
    expect([code, err]).toEqual([1, expect.stringContaining("nothing was written")]);
    expect(await readFile(path("bots.json"), "utf8")).toBe("old");
    expect((await arcjet(["bots"])).code).toBe(2);
  });
});
