import { expect, test } from "vitest";
import { parseMailbox } from "./mailbox.ts";
import { isRole } from "./role.ts";
import { suggestAddress } from "./suggestion.ts";

const suggest = (address: string): string | undefined => {
  const mailbox = parseMailbox(address);
  return mailbox.valid ? suggestAddress(mailbox) : undefined;
};

test.each([
  ["Ada@gmial.com", "Ada@gmail.com"],
  ["ada@gmai.com", "ada@gmail.com"],
  ["ada@ggmail.com", "ada@gmail.com"],
  ["ada@gnail.com", "ada@gmail.com"],
  ["ada@gmail.con", "ada@gmail.com"],
  ["ada@gmail.cm", "ada@gmail.com"],
  ["ada@yahoo.co", "ada@yahoo.com"],
  ["ada@hotmail.cm", "ada@hotmail.com"],
  ["ada@hotmial.com", "ada@hotmail.com"],
  ["ada@yaho.com", "ada@yahoo.com"],
  ["ada@outlok.com", "ada@outlook.com"],
  ["ada@iclod.com", "ada@icloud.com"],
  ["ada@aol.con", "ada@aol.com"],
  ["ada@me.cmo", "ada@me.com"],
])("%s was probably meant as %s", (typed, meant) => {
  expect(suggest(typed)).toBe(meant);
});

test.each([
  "ada@gmail.com",
  "ada@mail.com",
  "ada@email.com",
  "ada@ymail.com",
  "ada@gmx.net",
  "ada@mac.com",
  "ada@proton.me",
  "ada@hotmail.fr",
  "ada@yahoo.ca",
  "ada@example.com",
  "ada@gmaill.con",
  "ada@ab.con",
  "ada@gmäil.com",
])("%s stays as it is", (address) => {
  expect(suggest(address)).toBeUndefined();
});

test.each<[string, boolean]>([
  ["info", true],
  ["Support", true],
  ["no-reply", true],
  ["sales+eu", true],
  ["ada", false],
  ["informant", false],
  ["+info", false],
])("the local part %s names a role: %s", (localPart, expected) => {
  expect(isRole(localPart)).toBe(expected);
});
