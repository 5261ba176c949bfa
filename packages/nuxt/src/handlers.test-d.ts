// What handlers and options are given is known without annotations, and what rules need is asked for.
import { defineEventHandler, type H3Event } from "h3";
import { expectTypeOf } from "vitest";
import arcjet, { shield, validateEmail, withArcjet, type Decision } from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

defineEventHandler(plain.middleware());
email.middleware({ props: (event) => ({ email: event.path }) });
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
plain.middleware({
  onDenied: (event, decision) => {
    expectTypeOf(event).toEqualTypeOf<H3Event>();
    expectTypeOf(decision).toEqualTypeOf<Decision>();
  },
});

const handler = defineEventHandler(
  withArcjet(plain, (event) => {
    expectTypeOf(event.context.arcjet).toEqualTypeOf<Decision>();
    return { results: [1] };
  }),
);
// What `useFetch` takes the type of an answer from.
expectTypeOf<Awaited<ReturnType<typeof handler>>>().toEqualTypeOf<{ results: number[] }>();
withArcjet(email, () => [], { props: address });
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, () => []);
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, () => [], { rules: [validateEmail({ deny: ["INVALID"] })] });
