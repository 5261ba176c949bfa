// What handlers and options are given is known without annotations, and what rules need is asked for.
import type {
  ActionFunctionArgs,
  LoaderFunction,
  MiddlewareFunction,
  useLoaderData,
} from "react-router";
import { expectTypeOf } from "vitest";
import arcjet, {
  arcjetContext,
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type ReactRouterArcjet,
} from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

export const middleware: MiddlewareFunction<Response>[] = [plain.middleware()];
email.middleware({ props: ({ request }) => ({ email: request.url }) });
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();

const loader = withArcjet(plain, ({ request, context, params }) => {
  expectTypeOf(request).toEqualTypeOf<Request>();
  expectTypeOf(context.get(arcjetContext)).toEqualTypeOf<Decision>();
  expectTypeOf(params["id"]).toEqualTypeOf<string | undefined>();
  return { results: [1] };
});
expectTypeOf(loader).toExtend<LoaderFunction>();
expectTypeOf<ReturnType<typeof useLoaderData<typeof loader>>>().toEqualTypeOf<{
  results: number[];
}>();
const action = withArcjet(plain, async ({ params }: ActionFunctionArgs) => params["id"]);
expectTypeOf(action).parameters.toEqualTypeOf<[ActionFunctionArgs]>();
withArcjet(email, () => null, {
  props: async ({ request }) => ({ email: await request.text() }),
  onDenied: ({ request }, decision) => {
    expectTypeOf(decision).toEqualTypeOf<Decision>();
    return new Response(request.url);
  },
});
withArcjet(email, () => null, { props: address });
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, () => null);
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, () => null, { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<ReactRouterArcjet>();
expectTypeOf(optional).toExtend<ReactRouterArcjet>();
expectTypeOf(email).not.toExtend<ReactRouterArcjet>();
expectTypeOf(email).toExtend<ReactRouterArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<ReactRouterArcjet<never>>();
