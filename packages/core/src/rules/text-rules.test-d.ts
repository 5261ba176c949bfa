// The properties that the rules about texts ask `protect()` for.
import { expectTypeOf } from "vitest";
import arcjet, {
  detectPromptInjection,
  experimental_detectPromptInjection,
  protectSignup,
  sensitiveInfo,
  validateEmail,
} from "../index.ts";
import { fakeRequest } from "../testing.ts";

const request = fakeRequest();
const parts = {
  bots: { mode: "LIVE", allow: [] },
  email: { mode: "LIVE", deny: ["INVALID"] },
} as const;

const signup = arcjet({
  rules: [protectSignup({ ...parts, rateLimit: { mode: "LIVE", interval: 60, max: 5 } })],
});
void signup.protect(request, { email: "ada@example.com" });
// @ts-expect-error -- the address is needed
void signup.protect(request);

const byUser = arcjet({
  rules: [
    protectSignup({ ...parts, rateLimit: { interval: 60, max: 5, characteristics: ["userId"] } }),
  ],
});
void byUser.protect(request, { email: "ada@example.com", userId: "u1" });
// @ts-expect-error -- what the limit counts by is needed too
void byUser.protect(request, { email: "ada@example.com" });

// @ts-expect-error -- all three parts are needed
protectSignup({ ...parts });

const sensitive = arcjet({ rules: [sensitiveInfo({ deny: ["EMAIL"] })] });
void sensitive.protect(request, { sensitiveInfoValue: "text" });
void sensitive.protect(request);
sensitiveInfo({ deny: ["NAME"], detect: (tokens) => tokens.map(() => "NAME" as const) });
// @ts-expect-error -- exactly one list
sensitiveInfo({ allow: ["EMAIL"], deny: ["EMAIL"] });

const prompt = arcjet({ rules: [detectPromptInjection({ mode: "LIVE" })] });
void prompt.protect(request, { detectPromptInjectionMessage: "text" });
// @ts-expect-error -- the message is needed
void prompt.protect(request);
expectTypeOf(experimental_detectPromptInjection).toEqualTypeOf(detectPromptInjection);

// @ts-expect-error -- exactly one list
validateEmail({ allow: ["FREE"], deny: ["INVALID"] });
// @ts-expect-error -- a type that does not exist
validateEmail({ deny: ["BLOCKED"] });

const decision = await sensitive.protect(request);
if (decision.reason.isSensitiveInfo())
  expectTypeOf(decision.reason.denied[0]!.start).toEqualTypeOf<number>();
if (decision.reason.isEmail())
  expectTypeOf(decision.reason.suggestion).toEqualTypeOf<string | undefined>();
