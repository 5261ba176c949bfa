// A release, tried out on a copy: versions, changelogs, and what the registry would be sent.
import { execFile } from "node:child_process";
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "arcjet-release-"));
const changeset = createRequire(join(repository, "package.json")).resolve("@changesets/cli/bin.js");
const run = promisify(execFile);
const TIMEOUT_MS = 120_000;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

const manifests = globSync("{packages,examples}/*/package.json", { cwd: repository });
const read = (root: string, file: string): Manifest =>
  JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest;
const published = manifests.filter((file) => read(repository, file).private !== true);

beforeAll(async () => {
  for (const file of ["package.json", "pnpm-workspace.yaml", ".changeset", ...manifests])
    cpSync(join(repository, file), join(copy, file), { recursive: true });
  const git = (...args: string[]) => run("git", args, { cwd: copy });
  await git("init", "-q");
  await git("add", "-A");
  const author = ["-c", "user.name=release", "-c", "user.email=release@example.org"];
  await git(...author, "commit", "-qm", "As it is");
  await run(process.execPath, [changeset, "version"], { cwd: copy });
}, TIMEOUT_MS);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("every public package has a changeset, and so a version and a changelog", () => {
  const left = published.filter((file) => {
    const changelog = join(copy, dirname(file), "CHANGELOG.md");
    return read(copy, file).version === read(repository, file).version || !existsSync(changelog);
  });
  expect(left).toEqual([]);
});

test("private packages stay as they are", () => {
  const versions = (root: string): string[] =>
    manifests.filter((file) => !published.includes(file)).map((file) => read(root, file).version);
  expect(versions(copy)).toEqual(versions(repository));
});

test("every changeset is used up", () => {
  expect(globSync(".changeset/*.md", { cwd: copy })).toEqual([]);
});
