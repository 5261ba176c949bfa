// What the shells make of the completions, where they are installed; bash is wherever the tests run.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { finish } from "./harness.ts";

const COMMANDS = ["replay", "check", "explain", "serve", "keys", "data", "bots", "completion"];

/** What bash offers for the last of these words. */
async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const { out } = await finish(["completion", "bash"]);
  const script = `${out}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _arcjet; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", "arcjet", ...words], {
    encoding: "utf8",
    cwd: new URL(".", import.meta.url).pathname,
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((word) => word !== "");
}

describe("bash", () => {
  test.each([
    ["commands", [""], [...COMMANDS, "--help"]],
    ["the beginning of a command", ["re"], ["replay"]],
    ["options", ["check", "--s"], ["--samples", "--strict"]],
    ["actions", ["keys", ""], ["create", "list", "revoke"]],
    ["shells", ["completion", "z"], ["zsh"]],
    ["values of an option", ["replay", "--json", "--format", "ca"], ["caddy"]],
    ["files", ["replay", "replay.so"], ["replay.soak.ts"]],
    ["files after an action", ["data", "build", "replay.so"], ["replay.soak.ts"]],
    ["nothing for what is unknown", ["fly", "--"], []],
  ])("completes %s", async (_, words, expected) => {
    expect(await complete(...words)).toEqual(expected);
  });
});

test.each(["bash", "zsh", "fish"])("%s is told of every command", async (shell) => {
  const { code, out } = await finish(["completion", shell]);
  expect(code).toBe(0);
  for (const name of COMMANDS) expect(out).toContain(name);
  for (const word of ["revoke", "cloudfront", "samples"]) expect(out).toContain(word);
});

test.each([[[]], [["powershell"]]])("a shell that is not known is refused: %j", async (args) => {
  const { code, err } = await finish(["completion", ...args]);
  expect([code, err]).toEqual([2, "arcjet: completion needs one of bash, zsh, fish"]);
});
