// What handlers and options are given is known without annotations, and what rules need is asked for.
import { json, type RequestEvent, type RequestHandler } from "@sveltejs/kit";
import { sequence, type Handle } from "@sveltejs/kit/hooks";
import { expectTypeOf } from "vitest";
import arcjet, {
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type SvelteKitArcjet,
} from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

export const handle: Handle = sequence(plain.middleware(), async ({ event, resolve }) => {
  expectTypeOf(event.locals.arcjet).toExtend<Decision | undefined>();
  return resolve(event);
});
email.middleware({ props: (event) => ({ email: event.url.searchParams.get("email") ?? "" }) });
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
plain.middleware({
  onDenied: (event, decision) => {
    expectTypeOf(event).toEqualTypeOf<RequestEvent>();
    expectTypeOf(decision).toEqualTypeOf<Decision>();
    return json({}, { status: 403 });
  },
});

export const GET: RequestHandler = withArcjet(plain, (event) => {
  expectTypeOf(event.url).toEqualTypeOf<URL>();
  return json([]);
});
type Typed = RequestEvent<{ id: string }, "/users/[id]">;
export const POST = withArcjet(plain, (event: Typed) => json(event.params.id));
expectTypeOf(POST).parameters.toEqualTypeOf<[Typed]>();
expectTypeOf(POST).toExtend<RequestHandler<{ id: string }, "/users/[id]">>();
withArcjet(email, () => json([]), { props: address });
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, () => json([]));
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, () => json([]), { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<SvelteKitArcjet>();
expectTypeOf(optional).toExtend<SvelteKitArcjet>();
expectTypeOf(email).not.toExtend<SvelteKitArcjet>();
expectTypeOf(email).toExtend<SvelteKitArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<SvelteKitArcjet<never>>();
