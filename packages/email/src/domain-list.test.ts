import { expect, test } from "vitest";
import { builtInDomains, matchLength } from "./domain-list.ts";

test.each<[string, number]>([
  ["listed.example", 14],
  ["mail.listed.example", 14],
  ["a.b.c.listed.example", 14],
  ["deep.mail.other.example", 18],
  ["notlisted.example", 0],
  ["example", 0],
])("%s is covered by a listed name of %i characters", (domain, length) => {
  expect(matchLength(new Set(["listed.example", "mail.other.example"]), domain)).toBe(length);
});

test("the lists have the shape and size that classification relies on", async () => {
  const [disposable, free] = await Promise.all([
    builtInDomains.disposable(),
    builtInDomains.free(),
  ]);
  expect(disposable.size).toBeGreaterThan(5_000);
  expect(free.size).toBeGreaterThan(3_000);
  const overlap = [...free].filter((domain) => matchLength(disposable, domain) > 0);
  const odd = [...disposable, ...free].filter(
    (domain) => !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domain),
  );
  expect({ overlap, odd }).toEqual({ overlap: [], odd: [] });
});

test("well known names are on the right list", async () => {
  const [disposable, free] = await Promise.all([
    builtInDomains.disposable(),
    builtInDomains.free(),
  ]);
  for (const domain of ["mailinator.com", "guerrillamail.com", "10minutemail.com", "yopmail.com"])
    expect([domain, disposable.has(domain)]).toEqual([domain, true]);
  for (const domain of [
    "gmail.com",
    "outlook.com",
    "yahoo.com",
    "gmx.de",
    "tutanota.com",
    "qq.com",
  ])
    expect([domain, free.has(domain)]).toEqual([domain, true]);
  for (const domain of ["google.com", "microsoft.com", "mit.edu", "simplelogin.com", "duck.com"])
    expect([domain, matchLength(disposable, domain)]).toEqual([domain, 0]);
});
