import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ip } from "../../test/address.ts";
import { mmdbFile } from "../../test/mmdb-file.ts";
import { GeoError } from "../geo-error.ts";
import { openPackBytes } from "../pack/open.ts";
import { defaultSources } from "./default-sources.ts";
import type { Progress } from "./download.ts";
import { packInfo } from "./pack-info.ts";
import { packSource, type UpdateSource } from "./source.ts";
import { buildPack, type BuildOptions, updatePack } from "./update-pack.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const TABLE =
  "1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET\n2001:db8::\t2001:db8::ff\t1\tDE\tNet\n";
const encode = (text: string) => new TextEncoder().encode(text);

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "geo-"));
  path = join(folder, "ip.pack");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Answers by URL; what is not there is not found. */
const serve =
  (pages: Readonly<Record<string, BodyInit>>, headers: HeadersInit = {}): typeof fetch =>
  async (input) => {
    const body = pages[String(input)];
    return body === undefined
      ? new Response("not here", { status: 404 })
      : new Response(body, { headers });
  };

const table: UpdateSource = { kind: "table", name: "table", from: encode(TABLE) };
const build = (options: Partial<BuildOptions> = {}) =>
  buildPack({ path, sources: [table], now: () => NOW, ...options });
const country = (text: string) => openPackBytes(readFileSync(path)).lookup(ip(text))?.country;

describe("building a pack", () => {
  it("writes it from URLs, files and bytes, packed or not, and tells of each step", async () => {
    const steps: Progress[] = [];
    const list = join(folder, "vpn.txt");
    writeFileSync(list, "1.0.0.0/25\n");
    const info = await build({
      sources: [
        { kind: "table", name: "web", from: "https://example.com/a.tsv.gz", attribution: "PDDL" },
        packSource(`vpn=${list}`),
        { kind: "tor", name: "bytes", from: encode("1.0.0.9") },
      ],
      fetch: serve(
        { "https://example.com/a.tsv.gz": gzipSync(TABLE) },
        { "content-length": String(gzipSync(TABLE).length) },
      ),
      onProgress: (progress) => steps.push(progress),
    });
    expect(country("1.0.0.1")).toBe("US");
    expect(info).toEqual(packInfo(path));
    expect(info).toMatchObject({
      sources: [
        { name: "web", date: "2026-11-24", attribution: "PDDL" },
        { name: list },
        { name: "bytes" },
      ],
      lists: { v4: ["tor", "vpn"], v6: [] },
      networks: 2,
      bytes: readFileSync(path).length,
    });
    const size = gzipSync(TABLE).length;
    expect(steps).toEqual([
      { step: "download", source: "web" },
      { step: "download", source: "web", received: size, total: size },
      { step: "download", source: list },
      { step: "download", source: "bytes" },
      { step: "compile" },
      { step: "write" },
      { step: "check" },
    ]);
    expect(readdirSync(folder).toSorted()).toEqual(["ip.pack", "vpn.txt"]);
  });

  it("dates a file by its last change, an MMDB file by its build, and the pack by the oldest", async () => {
    const old = join(folder, "old.tsv");
    writeFileSync(old, TABLE);
    utimesSync(old, 0, Date.parse("2026-05-05T00:00:00Z") / 1000);
    const built = mmdbFile([["9.0.0.0/8", { country: "FR" }]], {
      buildEpoch: Date.parse("2026-06-06") / 1000,
    });
    const { date, sources } = await build({
      sources: [packSource(`table=${old}`), { kind: "table", name: "mmdb", from: built }, table],
    });
    expect(sources.map((source) => source.date)).toEqual([
      "2026-05-05",
      "2026-06-06",
      "2026-11-24",
    ]);
    expect(date).toBe("2026-05-05");
  });

  it("leaves out an optional source that cannot be read or is no list, and says so", async () => {
    const skipped: Progress[] = [];
    const info = await build({
      sources: [
        table,
        { kind: "crawler", name: "gone", from: "https://example.com/gone", optional: true },
        { kind: "crawler", name: "page", from: encode("<html>Denied</html>"), optional: true },
      ],
      fetch: serve({}),
      onProgress: (progress) => void (progress.step === "skip" && skipped.push(progress)),
    });
    expect(info.sources.map(({ name }) => name)).toEqual(["table"]);
    expect(skipped).toEqual([
      { step: "skip", source: "gone", message: expect.stringContaining("answered 404") },
      { step: "skip", source: "page", message: expect.stringContaining("no address list") },
    ]);
  });
});

describe("the old pack stays as it was", () => {
  it.each<[why: string, options: Partial<BuildOptions>, message: RegExp]>([
    [
      "a server refuses",
      { sources: [{ ...table, from: "https://example.com/x" }], fetch: serve({}) },
      /table could not be read from https:\/\/example\.com\/x: the server answered 404/,
    ],
    [
      "there is no line",
      {
        sources: [{ ...table, from: "https://example.com/x" }],
        fetch: () => Promise.reject(new TypeError("fetch failed")),
      },
      /fetch failed/,
    ],
    [
      "the line breaks",
      {
        sources: [{ ...table, from: "https://example.com/x" }],
        fetch: async () =>
          new Response(
            new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) }),
          ),
      },
      /reset/,
    ],
    [
      "a file is missing",
      { sources: [packSource("table=./not/there.csv")] },
      /cannot read \.\/not\/there\.csv/,
    ],
    [
      "a file is broken gzip",
      { sources: [{ ...table, from: gzipSync(TABLE).subarray(0, 40) }] },
      /table cannot be unpacked/,
    ],
    [
      "a source is no table",
      { sources: [{ ...table, from: encode("<html>") }] },
      /table is no table of ranges/,
    ],
    [
      "the new pack is much smaller",
      { sources: [{ ...table, from: encode("1.0.0.0,1.0.0.255,DE") }] },
      /the new pack has .* where the old one has/,
    ],
    ["the file system fails", { path: "/dev/null/ip.pack" }, /cannot write \/dev\/null\/ip\.pack/],
  ])("when %s", async (_, options, message) => {
    await build({ sources: [table] });
    const before = readFileSync(path);
    const failed = build(options);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(GeoError);
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(folder)).toEqual(["ip.pack"]);
  });

  it("unless a smaller one is meant, or there is none that can be opened", async () => {
    const small = [{ ...table, from: encode("1.0.0.0,1.0.0.255,DE") }];
    await build();
    await build({ sources: small, minShare: 0 });
    expect(country("1.0.0.1")).toBe("DE");
    writeFileSync(path, "damaged");
    await build({ sources: small });
    expect(country("1.0.0.1")).toBe("DE");
  });
});

describe("limits of a source", () => {
  const large = `${TABLE}${"# a comment\n".repeat(50)}`;
  const size = encode(large).length;
  it.each<[what: string, from: UpdateSource["from"]]>([
    ["downloaded", "https://example.com/table"],
    ["unpacked", gzipSync(large)],
    ["given", encode(large)],
  ])("hold for what is %s", async (_, from) => {
    const sources = [{ ...table, from }];
    const fetch = serve({ "https://example.com/table": large });
    await expect(build({ sources, fetch, maxBytes: size })).resolves.toBeDefined();
    await expect(build({ sources, fetch, maxBytes: size - 1 })).rejects.toThrow("larger than");
  });

  it("are told to fetch as a signal", async () => {
    let signal: AbortSignal | null | undefined;
    const fetch = (async (_: unknown, init?: RequestInit) => {
      signal = init?.signal;
      return new Response(TABLE);
    }) as typeof globalThis.fetch;
    await build({ sources: [{ ...table, from: new URL("https://example.com/") }], fetch });
    expect(signal).toBeInstanceOf(AbortSignal);
  });
});

describe("updating a pack", () => {
  const from = (name: RegExp) => defaultSources.find((source) => name.test(source.name))?.from;

  it("reads the default sources, and goes without crawlers whose lists cannot be read", async () => {
    const pages: Record<string, BodyInit> = {
      [String(from(/iptoasn/))]: gzipSync(TABLE),
      [String(from(/ipverse/))]:
        '13335,CLOUDFLARENET,"Cloudflare, Inc.",US\n1,LVLT-1,Level 3 Parent LLC,US\n',
      [String(from(/torproject/))]: "1.0.0.1\n",
      [String(from(/icloud/))]:
        "1.0.0.2/32,US,US-CA,Cupertino,\n2001:db8::/64,US,US-CA,Cupertino,\n",
      [String(from(/vpn ipv4/))]: "1.0.0.0/25\n",
      [String(from(/vpn ipv6/))]: "2001:db8::/64\n",
      [String(from(/hosting ipv4/))]: "1.0.0.0/24\n",
      [String(from(/hosting ipv6/))]: "2001:db8::/48\n",
      [String(from(/^Googlebot/))]: '{"prefixes":[{"ipv4Prefix":"1.0.0.128/31"}]}',
    };
    const info = await updatePack({ path, fetch: serve(pages), now: () => NOW });
    expect(info.date).toBe("2026-11-24");
    expect(info.lists.v4).toEqual(["relay", "tor", "vpn", "hosting", "crawler"]);
    expect(info.lists.v6).toEqual(["relay", "vpn", "hosting"]);
    const { lookup } = openPackBytes(readFileSync(path));
    expect(lookup(ip("1.0.0.128"))).toMatchObject({
      isCrawler: true,
      crawlerName: "Googlebot",
    });
    expect(lookup(ip("1.0.0.2"))).toMatchObject({
      isRelay: true,
      service: "iCloud Private Relay",
    });
  });

  it("fails when a list that has to be there is not", async () => {
    await expect(updatePack({ path, fetch: serve({}) })).rejects.toThrow(/iptoasn\.com could not/);
  });

  it("names every default source, each once", () => {
    const names = defaultSources.map(({ name, from }) => `${name} ${String(from)}`);
    expect(new Set(names).size).toBe(names.length);
    for (const source of defaultSources) expect(String(source.from)).toMatch(/^https:\/\//);
  });
});

describe("options", () => {
  it.each<[options: Partial<BuildOptions>, message: RegExp]>([
    [{ path: "" }, /`path` must name the file/],
    [{ sources: [] }, /`sources` must name at least one/],
    [{ minShare: 2 }, /`minShare` must be from 0 to 1, got 2/],
    [{ minShare: Number.NaN }, /`minShare`/],
  ])("%j are refused", async (options, message) => {
    await expect(build(options)).rejects.toThrow(message);
  });

  it.each<[text: string, source: Partial<UpdateSource>]>([
    ["table=./a.csv", { kind: "table", from: "./a.csv" }],
    [
      "crawler:Googlebot=https://e.com/?a=b",
      { kind: "crawler", label: "Googlebot", from: "https://e.com/?a=b" },
    ],
    ["hosting:A:B=x", { kind: "hosting", label: "A:B", from: "x" }],
  ])("the source %j is understood", (text, source) => {
    expect(packSource(text)).toEqual({ name: source.from, ...source });
  });

  it.each(["", "./a.csv", "table", "table=", "vpns=./a", "=./a"])(
    "the source %j is refused with a word on how to write it",
    (text) => {
      expect(() => packSource(text)).toThrow(/write KIND=PLACE/);
    },
  );

  it("packInfo() refuses what is no pack, by name", () => {
    writeFileSync(path, "nothing");
    expect(() => packInfo(path)).toThrow(`${path} is no usable pack`);
    expect(() => packInfo(encode("nothing"))).toThrow("the data is no usable pack");
  });
});
