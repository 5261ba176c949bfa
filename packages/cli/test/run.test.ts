import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { finish } from "./harness.ts";

/** Long enough that nothing is said of it. */
const KEY = `ajkey_${"0123456789".repeat(4)}`;

describe("a command line", () => {
  test("without a command shows those there are, and fails", async () => {
    const { code, out } = await finish([]);
    expect(code).toBe(2);
    expect(out).toMatch(/^ {2}serve +/m);
    expect(out).toMatch(/^ {2}keys +/m);
  });

  test.each(["--help", "-h", "help"])("with %s shows the commands", async (argument) => {
    const { code, out } = await finish([argument]);
    expect([code, out.split("\n")[0]]).toEqual([0, "Usage: arcjet COMMAND [options]"]);
  });

  test.each(["serve", "keys"])("with %s --help teaches the command", async (name) => {
    const { code, out } = await finish([name, "--help"]);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: arcjet ${name}`);
  });

  test.each([
    [["fly"], 'there is no command "fly"'],
    [["check", "\u001b[2J.ts"], "there is no \\u001b[2J.ts"],
    [["serve", "--nothing"], "--nothing"],
    [["serve", "--port"], "--port"],
    [["keys"], "create, list, revoke"],
    [["keys", "burn"], "create, list, revoke"],
    [["keys", "create"], "--site NAME"],
    [["keys", "revoke"], "id of a key"],
    [["serve"], "--key KEY"],
    [["serve", "--key", KEY, "--port", "65536"], "from 0 to 65535"],
    [["serve", "--key", KEY, "--port", "x"], "from 0 to 65535"],
    [["serve", "--key", KEY, "--max-concurrent", "0"], "from 1 to"],
    [["serve", "--key", KEY, "--tls-cert", "x"], "go together"],
  ])("%j is refused in one line that tells what to do", async (args, message) => {
    const { code, err } = await finish(args);
    expect(code).toBe(2);
    expect(err).toMatch(/^arcjet: [^\n]*$/);
    expect(err).toContain(message);
  });
});

describe("the installed command, which is built before the tests are run,", () => {
  const bin = new URL("../bin/arcjet.js", import.meta.url).pathname;

  test("ends with the code of its command line", () => {
    const { status, stdout } = spawnSync(process.execPath, [bin, "fly"], { encoding: "utf8" });
    expect([status, stdout]).toEqual([2, ""]);
    const help = spawnSync(process.execPath, [bin, "--help"], { encoding: "utf8" });
    expect([help.status, help.stdout]).toEqual([
      0,
      expect.stringContaining("Usage: arcjet COMMAND"),
    ]);
  });

  test("ends without a word when nobody reads what it writes", () => {
    const line = `"${process.execPath}" "${bin}" --help | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", line], { encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["0\n", ""]);
  });
});
