// What a user gets: the packed tarballs, checked, installed into a directory of their own and run.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { Miniflare } from "miniflare";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const packages = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "arcjet-packed-"));
const tarballs = join(directory, "tarballs");
const app = join(directory, "app");
const TIMEOUT_MS = 300_000;
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/** Entries that are no modules: packs, grammars. */
const DATA_FILE = /\.(?:pack|json|md)$/;
const ATTACK = "/?id=1%27%20UNION%20SELECT%20password%20FROM%20users--";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8")) as Manifest;
const published = readdirSync(packages)
  .map((folder) => ({ folder, ...manifestOf(folder) }))
  .filter((manifest) => manifest.private !== true);
const tarballOf = ({ name, version }: Manifest): string =>
  join(tarballs, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);

const run = promisify(execFile);
const pnpm = (cwd: string, ...args: string[]) => run("pnpm", args, { cwd });

async function packAll(): Promise<void> {
  const queue = [...published];
  const work = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop())
      await pnpm(join(packages, next.folder), "pack", "--pack-destination", tarballs);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** The first example of a package's README. */
const exampleOf = (folder: string): string =>
  /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(packages, folder, "README.md"), "utf8"))![1]!;

/** Installs packages from their tarballs, with what else the examples import from the registry. */
async function install(): Promise<void> {
  mkdirSync(app);
  const overrides = Object.fromEntries(
    published.map((manifest) => [manifest.name, `file:${tarballOf(manifest)}`]),
  );
  const wanted = ["@arcjet/express", "@arcjet/hono"].map((name) => [name, overrides[name]]);
  writeFileSync(
    join(app, "package.json"),
    JSON.stringify({
      type: "module",
      dependencies: { ...Object.fromEntries(wanted), express: "5.3.0", hono: "4.13.19" },
    }),
  );
  writeFileSync(join(app, "pnpm-workspace.yaml"), JSON.stringify({ packages: ["."], overrides }));
  await pnpm(app, "install", "--prefer-offline", "--ignore-scripts");
}

beforeAll(async () => {
  mkdirSync(tarballs);
  await packAll();
  await install();
}, TIMEOUT_MS);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("a packed package", () => {
  test.each(published)("$name has exports, files and types that resolve", async (manifest) => {
    const data = new Uint8Array(readFileSync(tarballOf(manifest)));
    const { messages, pkg } = await publint({ pack: { tarball: data.slice().buffer } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
    const analysis = await checkPackage(createPackageFromTarballData(data), {
      excludeEntrypoints: [DATA_FILE],
    });
    const problems = analysis.types ? analysis.problems : [];
    // The packages are ES modules only, as their documentation says: `require` of one is Node's affair.
    const relevant = problems.filter(
      (problem) =>
        !("resolutionKind" in problem) ||
        problem.resolutionKind === "node16-esm" ||
        problem.resolutionKind === "bundler",
    );
    expect(relevant).toEqual([]);
  });

  test.each(published)("$name carries its licence and its README", async (manifest) => {
    const { stdout } = await run("tar", ["tzf", tarballOf(manifest)]);
    const files = stdout.split("\n");
    expect(files).toEqual(expect.arrayContaining(["package/LICENSE", "package/README.md"]));
    expect(files.filter((file) => /\.(test|bench|soak)\.|tsbuildinfo/.test(file))).toEqual([]);
  });
});

test.each(published)("$name can be published", async (manifest) => {
  const options = ["--dry-run", "--json", "--access", "public", "--tag", "next", "--offline"];
  const { stdout } = await run("npm", ["publish", tarballOf(manifest), ...options]);
  // Some versions of npm name the package around what they tell of it.
  const told = JSON.parse(stdout) as Record<string, unknown>;
  const { name, version } = manifest;
  expect(told[name] ?? told).toMatchObject({ name, version });
});

async function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const { status } = await fetch(url, { headers: { "user-agent": BROWSER, ...headers } });
  return status;
}

describe("the example of @arcjet/express", () => {
  let server: ChildProcess;
  let base = "";

  beforeAll(async () => {
    const example = exampleOf("express").replace(
      /app\.listen\([^)]*\);|$/,
      `const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));`,
    );
    writeFileSync(join(app, "express-app.ts"), example);
    server = spawn(process.execPath, ["express-app.ts"], {
      cwd: app,
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const chunk of server.stdout!) {
      base = `http://127.0.0.1:${String(chunk).trim()}`;
      break;
    }
  });
  afterAll(() => server.kill());

  test.each([
    ["a browser", "/search", {}, 200],
    ["curl", "/search", { "user-agent": "curl/8.5.0" }, 403],
    ["an attack", ATTACK.replace("/?", "/search?"), {}, 403],
  ])("answers %s", async (_who, path, headers, status) => {
    expect(await statusOf(base + path, headers)).toBe(status);
  });
});

describe("the example of @arcjet/hono, in workerd", () => {
  let worker: Miniflare;

  beforeAll(async () => {
    writeFileSync(join(app, "hono-app.ts"), exampleOf("hono"));
    const built = await rolldown({ input: join(app, "hono-app.ts"), platform: "neutral" });
    const { output } = await built.generate({ format: "esm", codeSplitting: false });
    worker = new Miniflare({
      modules: [{ type: "ESModule", path: "worker.mjs", contents: output[0].code }],
      compatibilityDate: "2026-07-01",
    });
  });
  afterAll(() => worker.dispose());

  const ask = async (path: string, ip: string): Promise<number> => {
    const { status } = await worker.dispatchFetch(`http://worker.example${path}`, {
      headers: { "user-agent": BROWSER, "cf-connecting-ip": ip },
    });
    return status;
  };

  test.each([
    ["a browser", "/search", 200],
    ["an attack", ATTACK.replace("/?", "/search?"), 403],
  ])("answers %s", async (_who, path, status) => {
    expect(await ask(path, "93.184.216.34")).toBe(status);
  });

  test("counts each client by itself", async () => {
    const one = [await ask("/export", "8.8.8.8"), await ask("/export", "8.8.8.8")];
    expect([...one, await ask("/export", "1.1.1.1")]).toEqual([200, 429, 200]);
  });
});
