// What handlers and options are given is known without annotations, and what rules need is asked for.
import type { APIContext, APIRoute, MiddlewareHandler } from "astro";
import { expectTypeOf } from "vitest";
import arcjet, {
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type AstroArcjet,
} from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

export const onRequest: MiddlewareHandler = plain.middleware();
email.middleware({ props: ({ url }) => ({ email: url.searchParams.get("email") ?? "" }) });
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
plain.middleware({
  onDenied: (context, decision) => {
    expectTypeOf(decision).toEqualTypeOf<Decision>();
    return context.redirect("/denied");
  },
});

export const GET: APIRoute = withArcjet(plain, (context) => {
  expectTypeOf(context).toEqualTypeOf<APIContext>();
  expectTypeOf(context.locals.arcjet).toEqualTypeOf<Decision>();
  return Response.json([]);
});
const typed = withArcjet(plain, (context: APIContext<{ id: number }>) =>
  Response.json(context.props.id),
);
expectTypeOf(typed).parameters.toEqualTypeOf<[APIContext<{ id: number }>]>();
withArcjet(email, () => new Response(), { props: address });
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, () => new Response());
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, () => new Response(), { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<AstroArcjet>();
expectTypeOf(optional).toExtend<AstroArcjet>();
expectTypeOf(email).not.toExtend<AstroArcjet>();
expectTypeOf(email).toExtend<AstroArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<AstroArcjet<never>>();
