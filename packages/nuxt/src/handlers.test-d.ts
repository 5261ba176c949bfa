// What handlers and options are given is known without annotations, and what rules need is asked for.
import { defineEventHandler, type H3Event } from "h3";
import { expectTypeOf } from "vitest";
import arcjet, {
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type NuxtArcjet,
} from "./index.ts";

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

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<NuxtArcjet>();
expectTypeOf(optional).toExtend<NuxtArcjet>();
expectTypeOf(email).not.toExtend<NuxtArcjet>();
expectTypeOf(email).toExtend<NuxtArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<NuxtArcjet<never>>();
