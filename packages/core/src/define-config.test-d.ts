import { expectTypeOf } from "vitest";
import arcjet, { defineConfig, shield, slidingWindow, validateEmail } from "./index.ts";
import { fakeRequest } from "./testing.ts";

const config = defineConfig({
  rules: [
    validateEmail({ mode: "LIVE", deny: ["INVALID"] }),
    slidingWindow({ mode: "LIVE", interval: 60, max: 1, characteristics: ["userId"] }),
  ],
});
const aj = arcjet(config);
aj.protect(fakeRequest(), { email: "a@example.com", userId: "u1" });
// @ts-expect-error the rules of the file need their properties in the application as well
aj.protect(fakeRequest(), { email: "a@example.com" });

const plain = arcjet(defineConfig({ rules: [shield({ mode: "LIVE" })] }));
expectTypeOf(plain.protect).toBeCallableWith(fakeRequest());
// @ts-expect-error a misspelt option
defineConfig({ rules: [], proxy: [] });
