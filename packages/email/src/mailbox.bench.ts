// One address beside two peers: `isEmail()` of validator, and the check of the official engine. What is
// built is measured: the sources as the test runner loads them pay for every use of an import.
import { isValidEmail } from "@arcjet/analyze";
import { test } from "vitest";
import validator from "validator";
import { createEmailClassifier, parseMailbox } from "../dist/index.js";

const addresses = [
  "ada@example.com",
  "grace.hopper+navy@mail.example.co.uk",
  "no at sign",
  '"quoted local"@example.com',
  "a..b@example.com",
  "someone@throwaway.example",
];

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

test("one address", async ({ bench }) => {
  const classifier = createEmailClassifier();
  await classifier.load();
  // The official function asks for a whole logger and uses none of it here.
  const context = { log: quiet, characteristics: [] } as never;
  const config = { requireTopLevelDomain: true, allowDomainLiteral: false, deny: [] };
  let i = 0;
  const next = (): string => addresses[i++ % addresses.length]!;
  await bench.compare(
    bench("parseMailbox", () => void parseMailbox(next())),
    bench("classify: syntax, lists, role, typo", () => void classifier.classify(next())),
    bench("validator isEmail", () => void validator.isEmail(next())),
    bench("official, per call", async () => {
      await isValidEmail(context, next(), { tag: "deny-email-validation-config", val: config });
    }),
    { time: 200 },
  );
});
