import { test } from "vitest";
import validator from "validator";
import { createEmailClassifier } from "./classify.ts";
import { parseMailbox } from "./mailbox.ts";

const addresses = [
  "ada@example.com",
  "grace.hopper+navy@mail.example.co.uk",
  "no at sign",
  '"quoted local"@example.com',
  "a..b@example.com",
  "someone@throwaway.example",
];

test("one address", async ({ bench }) => {
  const classifier = createEmailClassifier();
  await classifier.load();
  let i = 0;
  const next = (): string => addresses[i++ % addresses.length]!;
  await bench.compare(
    bench("parseMailbox", () => void parseMailbox(next())),
    bench("classify: syntax, lists, role, typo", () => void classifier.classify(next())),
    bench("validator isEmail", () => void validator.isEmail(next())),
    { time: 200 },
  );
});
