// What handlers and options are given is known without annotations, and what rules need is asked for.
import { expectTypeOf } from "vitest";
import arcjet, {
  decisionOf,
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type BunArcjet,
} from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

const inferred = withArcjet(plain, (request) => {
  expectTypeOf(request).toEqualTypeOf<Request>();
  expectTypeOf(decisionOf(request)).toEqualTypeOf<Decision | undefined>();
  return new Response();
});
expectTypeOf(inferred).returns.resolves.toEqualTypeOf<Response>();
plain.middleware()((request) => new Response(request.url));
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
email.middleware({ props: (request) => ({ email: request.url }) });
plain.middleware({
  onDenied: (request, decision) => {
    expectTypeOf(decision).toEqualTypeOf<Decision>();
    return new Response(request.url);
  },
});
withArcjet(email, () => new Response(), { props: address });
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, () => new Response());
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, () => new Response(), { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<BunArcjet>();
expectTypeOf(optional).toExtend<BunArcjet>();
expectTypeOf(email).not.toExtend<BunArcjet>();
expectTypeOf(email).toExtend<BunArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<BunArcjet<never>>();
