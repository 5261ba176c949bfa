import { describe, expect, test } from "vitest";
import { isInsideApplication, isProgramShape } from "./shape.ts";

describe("the form of a user agent", () => {
  test.each([
    ["Mozilla/5.0 (Windows NT 10.0)", true],
    ["Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0", false],
    ["Mozilla/4.08 [en] (Win98; I)", false],
    ["Mozilla/3.01Gold (Macintosh; I; PPC)", false],
    ["Mozilla/4.5 [de]", false],
    ["Mozilla/5.0 (Tester)", true],
    ["Mozilla/5.0 (Macintosh)", true],
    ["Mozilla/5.0 (iPhone)", false],
    ["Mozilla/5.0 (compatible; Konqueror/4.4; Linux) KHTML/4.4.1 (like Gecko)", false],
    ["Mozilla/4.0 (compatible;MSIE 7.0;Windows NT 6.0)", false],
    ["a program of mine", true],
    ["Program/1.0 (release; x64)", true],
    ["Reader/1.0 (iPad; iOS 17.0)", false],
    ["' OR 1=1 --", false],
    ["<script>alert(1)</script>", false],
  ])("%s", (text, expected) => {
    expect(isProgramShape(text)).toBe(expected);
  });

  test("is judged quickly however long it is", () => {
    for (const unit of ["(", "a ", "Mozilla/5.0 (compatible; ", "like Gecko; ", "x11"])
      expect(typeof isProgramShape(unit.repeat(400).slice(0, 2_048))).toBe("boolean");
  });
});

describe("a browser inside an application", () => {
  test.each([
    [
      "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Chrome/125.0 Mobile Safari/537.36",
      true,
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 X/1",
      true,
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17 Mobile/15E148 Safari/604.1",
      false,
    ],
    ["X/1.0 (Electron/30.0)", false],
  ])("%s", (text, expected) => {
    expect(isInsideApplication(text)).toBe(expected);
  });
});
