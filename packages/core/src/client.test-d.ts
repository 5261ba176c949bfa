import { expectTypeOf } from "vitest";
import arcjet, {
  detectBot,
  filter,
  fixedWindow,
  shield,
  tokenBucket,
  validateEmail,
} from "./index.ts";
import { fakeRequest } from "./testing.ts";

const request = fakeRequest();

const plain = arcjet({ rules: [shield({ mode: "LIVE" }), fixedWindow({ window: 1, max: 1 })] });
void plain.protect(request);
void plain.protect(request, { correlationId: "c" });

const bucket = arcjet({ rules: [tokenBucket({ refillRate: 1, interval: 1, capacity: 1 })] });
void bucket.protect(request);
void bucket.protect(request, { requested: 2 });
// @ts-expect-error -- a number of units is a number
void bucket.protect(request, { requested: "2" });

const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
void email.protect(request, { email: "a@example.com" });
// @ts-expect-error -- an e-mail rule needs an address
void email.protect(request);
// @ts-expect-error -- and not under another name
void email.protect(request, { mail: "a@example.com" });

const custom = arcjet({
  rules: [
    fixedWindow({
      window: 1,
      max: 1,
      characteristics: ["ip.src", "userId", 'http.request.headers["x"]'],
    }),
  ],
});
void custom.protect(request, { userId: "u1" });
void custom.protect(request, { userId: 1 });
// @ts-expect-error -- a characteristic of the application's own is needed
void custom.protect(request);

const wide = arcjet({ characteristics: ["teamId"], rules: [fixedWindow({ window: 1, max: 1 })] });
void wide.protect(request, { teamId: "t1" });
// @ts-expect-error -- those of the client count as well
void wide.protect(request, {});

const added = plain.withRule(validateEmail({ deny: ["INVALID"] }));
void added.protect(request, { email: "a@example.com" });
// @ts-expect-error -- a rule that is added brings its properties along
void added.protect(request);

const local = arcjet({ rules: [filter({ deny: ['local["plan"] eq "free"'] })] });
void local.protect(request, { filterLocal: { plan: "free" } });

// @ts-expect-error -- an unknown bot is a mistake
detectBot({ allow: ["GOGLE_CRAWLER"] });
// @ts-expect-error -- exactly one of allow and deny
detectBot({ allow: [], deny: [] });
// @ts-expect-error -- a mode is LIVE or DRY_RUN
shield({ mode: "live" });

const decision = await plain.protect(request);
expectTypeOf(decision.isDenied()).toEqualTypeOf<boolean>();
if (decision.reason.isRateLimit()) expectTypeOf(decision.reason.remaining).toEqualTypeOf<number>();
if (decision.reason.type === "SHIELD") expectTypeOf(decision.reason.score).toEqualTypeOf<number>();
if (decision.ip.hasCountry()) expectTypeOf(decision.ip.country).toEqualTypeOf<string>();
