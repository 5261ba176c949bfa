// What handlers and options are given is known without annotations, and what rules need is asked for.
import type {
  ActionFunctionArgs,
  LoaderFunction,
  LoaderFunctionArgs,
} from "@remix-run/server-runtime";
import express from "express";
import { expectTypeOf } from "vitest";
import arcjet, {
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type RemixArcjet,
} from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

express().use(plain.middleware());
email.middleware({ props: () => ({ email: "" }) });
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();

const loader = withArcjet(plain, ({ request, context, params }) => {
  expectTypeOf(request).toEqualTypeOf<Request>();
  expectTypeOf(context.arcjet).toEqualTypeOf<Decision | undefined>();
  expectTypeOf(params["id"]).toEqualTypeOf<string | undefined>();
  return { results: [1] };
});
expectTypeOf(loader).toExtend<LoaderFunction>();
expectTypeOf<Awaited<ReturnType<typeof loader>>>().toEqualTypeOf<{ results: number[] }>();
const action = withArcjet(plain, async ({ params }: ActionFunctionArgs) => params["id"]);
expectTypeOf(action).parameters.toEqualTypeOf<[ActionFunctionArgs]>();
withArcjet(email, ({ params }: LoaderFunctionArgs) => params, { props: address });
withArcjet(email, () => null, {
  props: async ({ request }) => ({ email: await request.text() }),
  onDenied: ({ request }, decision) => {
    expectTypeOf(decision).toEqualTypeOf<Decision>();
    return new Response(request.url);
  },
});
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, () => null);
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, () => null, { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<RemixArcjet>();
expectTypeOf(optional).toExtend<RemixArcjet>();
expectTypeOf(email).not.toExtend<RemixArcjet>();
expectTypeOf(email).toExtend<RemixArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<RemixArcjet<never>>();
