import { expectTypeOf, test } from "vitest";
import { redact, redactSync, type RedactEntity, type Unredact } from "./index.ts";

test("entities are the built-in types in lower case with hyphens", () => {
  expectTypeOf<RedactEntity>().toEqualTypeOf<
    "email" | "phone-number" | "ip-address" | "credit-card-number" | "iban" | "us-ssn" | "api-key"
  >();
});

test("a redaction is the text and the way back", () => {
  expectTypeOf(redact("x")).resolves.toEqualTypeOf<[redacted: string, unredact: Unredact]>();
  expectTypeOf(redactSync("x")).toEqualTypeOf<[redacted: string, unredact: Unredact]>();
});
