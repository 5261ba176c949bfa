// What handlers and options are given is known without annotations, and what rules need is asked for.
import { ImATeapotException, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { expectTypeOf } from "vitest";
import arcjet, {
  arcjetGuard,
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  type NestRequest,
  filter,
  type NestArcjet,
} from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

expectTypeOf(arcjetGuard(plain)).toExtend<CanActivate>();
email.middleware({ props: (request) => ({ email: request.url ?? "" }) });
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
arcjetGuard(email, {
  props: (request) => {
    expectTypeOf(request).toEqualTypeOf<NestRequest>();
    return { email: "" };
  },
  onDenied: (context, decision) => {
    expectTypeOf(context).toEqualTypeOf<ExecutionContext>();
    expectTypeOf(decision).toEqualTypeOf<Decision>();
    return new ImATeapotException();
  },
});
withArcjet(email, { props: address });
// @ts-expect-error -- the rules of the client need a property
arcjetGuard(email);
// @ts-expect-error -- in a decorator as in a guard
withArcjet(email);
// @ts-expect-error -- and so do rules of its own
withArcjet(plain, { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<NestArcjet>();
expectTypeOf(optional).toExtend<NestArcjet>();
expectTypeOf(email).not.toExtend<NestArcjet>();
expectTypeOf(email).toExtend<NestArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<NestArcjet<never>>();
